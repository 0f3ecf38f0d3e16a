#pragma once

#include "core/console/orders/Server.h"
#include "ui/widgets/Confirm.h"

#include <QCoreApplication>

namespace warder {

class SettingsDraft;

/// What settings, their values and what is wrong with them are called. GUI thread.
class SettingTexts final
{
    Q_DECLARE_TR_FUNCTIONS(warder::SettingTexts)
public:
    /// In words: "Idle lifetime" for "sessions.idle_lifetime"; a key nobody knows stands as it is.
    static QString name(const QString &key);
    /// What it decides; of a setting nobody knows what the server says.
    static QString sentence(const SettingView &setting);
    /// All that a search looks in.
    static QString searchText(const SettingView &setting);
    /// What stands behind a number: "bytes"; empty: nothing.
    static QString unit(const QString &key);

    /// A value in words: "14 days", "On", "nothing"; of a secret whether it is set.
    static QString value(const SettingView &setting, const QString &value);
    /// From what holds to what was chosen.
    static QString change(const SettingView &setting, const QString &chosen);
    /// The default, and when a change acts, and where the value comes from if it was chosen here.
    static QString facts(const SettingView &setting);
    static QString effect(SettingEffect effect);

    /// What is wrong with a value; `said`: the server's phrase for it.
    static QString fault(const SettingView &setting, const QString &said);
    /// Which source sets it, and that it is to be changed there.
    static QString lock(const SettingView &setting);
    static QString moved(const SettingView &setting);
    /// What goes on until a restart; empty: nothing waits.
    static QString waiting(const SettingView &setting);
    /// In the empty field of a secret.
    static QString secret(bool isSet);

    /// "3 changes", and how many of them are wrong.
    static QString changes(const SettingsDraft &draft);
    /// `waiting`: the keys of all settings that act after a restart.
    static QString stored(const QList<SettingChoice> &choices, const QStringList &waiting);
    /// "Change of 3 settings": what was done and can be taken back.
    static QString storing(const QList<SettingChoice> &choices);
    static Confirmation beforeDiscard(const SettingsDraft &draft);
    /// `keepsSecrets`: some of what was stored cannot be taken back.
    static Confirmation beforeUndo(const QList<SettingChoice> &back, bool keepsSecrets);

private:
    static QString names(const QList<SettingChoice> &choices);
};

} // namespace warder

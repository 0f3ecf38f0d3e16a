#pragma once

#include "core/base/Error.h"
#include "core/console/orders/Server.h"

#include <QHash>

#include <optional>

namespace warder {

/// The settings as the server tells them, and what somebody has chosen on the page and not applied yet. Choices outlive a new reading: what
/// changed below them meanwhile is known. A value; GUI thread.
class SettingsDraft final
{
public:
    /// What the server says now. Choices that say what it says by now leave.
    void setSettings(const QList<SettingView> &settings);
    const QList<SettingView> &settings() const { return m_settings; }
    /// Null: the server has no such setting.
    const SettingView *find(const QString &key) const;

    /// As it would be written in warder.conf. What stands there already is no choice; the default's value means the default.
    void choose(const QString &key, const QString &value);
    /// As if the setting had never been stored.
    void chooseDefault(const QString &key);
    void takeBack(const QString &key) { m_choices.remove(key); }
    void takeBackAll() { m_choices.clear(); }

    qsizetype size() const { return m_choices.size(); }
    bool isEmpty() const { return m_choices.isEmpty(); }
    bool isChosen(const QString &key) const { return m_choices.contains(key); }
    /// What stands in the setting's editor: the choice, or what holds.
    QString shown(const SettingView &setting) const;
    /// The default is what stands there, and not a value that happens to be like it.
    bool showsDefault(const SettingView &setting) const;
    /// Its value has become another one since somebody chose.
    bool hasMoved(const SettingView &setting) const;

    /// In the order of the settings.
    QList<SettingChoice> choices() const;
    /// What takes them back once they are stored. Without secrets that were set before: nobody can read what they were.
    QList<SettingChoice> former() const;
    /// These are stored: they leave, but for one that was chosen anew meanwhile.
    void settle(const QList<SettingChoice> &stored);

    /// What the server says of these choices; nothing is said of one that was chosen anew meanwhile.
    void setFaults(const QList<SettingChoice> &asked, const QList<SettingFault> &faults);
    /// The same of an order to store them that was refused.
    void setRefusal(const QList<SettingChoice> &asked, const Error &error);
    /// "must be a whole number from 0 to 64"; empty: nothing is known to be wrong. Of a choice that was made anew what was said of the
    /// former, until the server has seen it.
    QString faultOf(const QString &key) const;
    /// The keys of choices of which the server has said that they cannot be applied, in the order of the settings.
    QStringList wrongKeys() const;

private:
    struct Chosen
    {
        std::optional<QString> value; ///< Nothing: the default.
        QString seen;                 ///< What held when it was chosen.
        QString fault = {};
        bool isJudged = false; ///< The fault is that of this value.
    };

    void put(const SettingView &setting, const std::optional<QString> &value);

    QList<SettingView> m_settings;
    QHash<QString, Chosen> m_choices;
};

} // namespace warder

#pragma once

#include <QCoreApplication>
#include <QList>

namespace warder {

/// The parts that the page of settings is divided into, in their order.
enum class SettingGroup { Network, Tls, Accounts, Sessions, Tokens, Passwords, Mail, Providers, Limits, Records, Log, Other };

/// Which part a setting belongs to: its key begins like one of that part. GUI thread.
class SettingGroups final
{
    Q_DECLARE_TR_FUNCTIONS(warder::SettingGroups)
public:
    static QList<SettingGroup> all();
    /// Other for a key of no known beginning.
    static SettingGroup of(const QString &key);
    static QString name(SettingGroup group);
};

} // namespace warder

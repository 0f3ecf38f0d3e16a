#include "ui/settings/SettingGroups.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct KeysOfGroup
{
    QLatin1StringView beginning;
    SettingGroup group;
};

/// The first that fits decides.
constexpr std::array keysOfGroups {KeysOfGroup {"http.tls_"_L1, SettingGroup::Tls},
                                   KeysOfGroup {"http."_L1, SettingGroup::Network},
                                   KeysOfGroup {"accounts."_L1, SettingGroup::Accounts},
                                   KeysOfGroup {"mfa."_L1, SettingGroup::Accounts},
                                   KeysOfGroup {"passkeys."_L1, SettingGroup::Accounts},
                                   KeysOfGroup {"sessions."_L1, SettingGroup::Sessions},
                                   KeysOfGroup {"tokens."_L1, SettingGroup::Tokens},
                                   KeysOfGroup {"keys."_L1, SettingGroup::Tokens},
                                   KeysOfGroup {"passwords."_L1, SettingGroup::Passwords},
                                   KeysOfGroup {"mail."_L1, SettingGroup::Mail},
                                   KeysOfGroup {"oauth."_L1, SettingGroup::Providers},
                                   KeysOfGroup {"rate_limit."_L1, SettingGroup::Limits},
                                   KeysOfGroup {"backup."_L1, SettingGroup::Records},
                                   KeysOfGroup {"audit."_L1, SettingGroup::Records},
                                   KeysOfGroup {"log."_L1, SettingGroup::Log},
                                   KeysOfGroup {"metrics."_L1, SettingGroup::Log}};

} // namespace

QList<SettingGroup> SettingGroups::all()
{
    QList<SettingGroup> groups;
    for (int group = 0; group <= int(SettingGroup::Other); ++group)
        groups += SettingGroup(group);
    return groups;
}

SettingGroup SettingGroups::of(const QString &key)
{
    const auto found = std::ranges::find_if(keysOfGroups, [&key](const KeysOfGroup &each) { return key.startsWith(each.beginning); });
    return found == keysOfGroups.end() ? SettingGroup::Other : found->group;
}

QString SettingGroups::name(SettingGroup group)
{
    switch (group) {
    //: A part of the settings: where the server listens, and how it serves connections.
    case SettingGroup::Network: return tr("Network");
    //: A part of the settings: encryption of connections.
    case SettingGroup::Tls: return tr("TLS");
    //: A part of the settings.
    case SettingGroup::Accounts: return tr("Accounts and sign-in");
    //: A part of the settings.
    case SettingGroup::Sessions: return tr("Sessions");
    //: A part of the settings.
    case SettingGroup::Tokens: return tr("Tokens and keys");
    //: A part of the settings.
    case SettingGroup::Passwords: return tr("Passwords");
    //: A part of the settings.
    case SettingGroup::Mail: return tr("Mail");
    //: A part of the settings: Google, GitHub …
    case SettingGroup::Providers: return tr("Providers");
    //: A part of the settings: how often anybody may try.
    case SettingGroup::Limits: return tr("Limits");
    //: A part of the settings: backups of the database, and the records of who did what.
    case SettingGroup::Records: return tr("Backups and records");
    //: A part of the settings: the server's log, and the numbers that other programs read.
    case SettingGroup::Log: return tr("Log and metrics");
    //: A part of the settings: those of which this window knows nothing.
    case SettingGroup::Other: return tr("Other");
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder

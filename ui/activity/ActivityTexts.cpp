#include "ui/activity/ActivityTexts.h"

#include "ui/support/UiTexts.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct ActivityKind
{
    QLatin1StringView type;
    ActivityGroup group;
    QLatin1StringView icon;
    Tone tone;
    const char *text;
};

constexpr std::array activityKinds {
    //: Kind of a record: what happened.
    ActivityKind {"login_succeeded"_L1, ActivityGroup::SignIns, "done"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Signed in")},
    //: Kind of a record: what happened.
    ActivityKind {"login_failed"_L1, ActivityGroup::Refused, "ban"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Sign-in refused")},
    //: Kind of a record: somebody proved once more who they are.
    ActivityKind {"reauthenticated"_L1, ActivityGroup::SignIns, "done"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Confirmed it is them")},
    //: Kind of a record: somebody did not prove once more who they are.
    ActivityKind {"reauthentication_failed"_L1, ActivityGroup::Refused, "ban"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Confirmation refused")},
    //: Kind of a record: what happened.
    ActivityKind {"new_device_seen"_L1, ActivityGroup::SignIns, "info"_L1, Tone::Info,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "New device or network")},
    //: Kind of a record: a user said by a link of a mail that a sign-in was not theirs.
    ActivityKind {"sign_in_reported"_L1, ActivityGroup::Refused, "alert"_L1, Tone::Bad,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Sign-in reported as foreign")},
    //: Kind of a record: somebody guesses passwords.
    ActivityKind {"brute_force"_L1, ActivityGroup::Refused, "alert"_L1, Tone::Bad,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Guessing of passwords")},
    //: Kind of a record: a wrong code of an authenticator app behind a right password.
    ActivityKind {"second_factor_failed"_L1, ActivityGroup::Refused, "ban"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Second factor wrong")},
    //: Kind of a record: several wrong codes in one sign-in.
    ActivityKind {"second_factor_guessed"_L1, ActivityGroup::Refused, "alert"_L1, Tone::Bad,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Second factor guessed at")},
    //: Kind of a record: a passkey's counter went back, so that there may be a copy of it.
    ActivityKind {"passkey_counter_back"_L1, ActivityGroup::Refused, "alert"_L1, Tone::Bad,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Passkey counter went back")},

    //: Kind of a record: somebody made an account for themselves.
    ActivityKind {"user_registered"_L1, ActivityGroup::Accounts, "users"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Registered")},
    //: Kind of a record: an admin made an account.
    ActivityKind {"user_created"_L1, ActivityGroup::Accounts, "users"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account created")},
    //: Kind of a record: name, address or roles of an account are others.
    ActivityKind {"user_changed"_L1, ActivityGroup::Accounts, "edit"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account changed")},
    //: Kind of a record.
    ActivityKind {"user_disabled"_L1, ActivityGroup::Accounts, "lock"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account disabled")},
    //: Kind of a record.
    ActivityKind {"user_enabled"_L1, ActivityGroup::Accounts, "play"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account enabled")},
    //: Kind of a record: many accounts are made from a file, one after the other from then on.
    ActivityKind {"users_import_begun"_L1, ActivityGroup::Accounts, "users"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Import begun")},
    //: Kind of a record: many accounts were made from a file.
    ActivityKind {"users_imported"_L1, ActivityGroup::Accounts, "users"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Accounts imported")},
    //: Kind of a record: an import was stopped or failed, and its accounts were removed again.
    ActivityKind {"users_import_undone"_L1, ActivityGroup::Accounts, "undo"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Import taken back")},
    //: Kind of a record: an account is out of reach, and goes for good later.
    ActivityKind {"user_deleted"_L1, ActivityGroup::Accounts, "trash"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account deleted")},
    //: Kind of a record: the deletion of an account was taken back.
    ActivityKind {"user_restored"_L1, ActivityGroup::Accounts, "undo"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account restored")},
    //: Kind of a record: for good.
    ActivityKind {"user_removed"_L1, ActivityGroup::Accounts, "close"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Account removed")},
    //: Kind of a record: a mail to set the first password.
    ActivityKind {"user_invited"_L1, ActivityGroup::Accounts, "mail"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Invited")},
    //: Kind of a record: the owner proved that the e-mail address is theirs.
    ActivityKind {"email_verified"_L1, ActivityGroup::Accounts, "mail"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Address confirmed")},
    //: Kind of a record: an account is to get another e-mail address.
    ActivityKind {"email_change_asked"_L1, ActivityGroup::Accounts, "mail"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "New address asked for")},
    //: Kind of a record.
    ActivityKind {"password_changed"_L1, ActivityGroup::Accounts, "lock"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Password changed")},
    //: Kind of a record: a mail to set another password.
    ActivityKind {"password_reset_asked"_L1, ActivityGroup::Accounts, "mail"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Password reset asked for")},
    //: Kind of a record: by a link of a mail.
    ActivityKind {"password_reset"_L1, ActivityGroup::Accounts, "lock"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Password reset")},
    //: Kind of a record: an account at a provider such as Google signs in here from now on.
    ActivityKind {"identity_linked"_L1, ActivityGroup::Accounts, "providers"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Provider linked")},
    //: Kind of a record: an account at a provider such as Google signs in here no more.
    ActivityKind {"identity_removed"_L1, ActivityGroup::Accounts, "providers"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Provider unlinked")},

    //: Kind of a record: an authenticator app.
    ActivityKind {"second_factor_added"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Authenticator app added")},
    //: Kind of a record: an authenticator app.
    ActivityKind {"second_factor_removed"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Authenticator app removed")},
    //: Kind of a record: by an admin, for somebody who lost them.
    ActivityKind {"second_factors_reset"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Second factors reset")},
    //: Kind of a record: codes that stand in for a lost phone.
    ActivityKind {"recovery_codes_renewed"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Recovery codes renewed")},
    //: Kind of a record: a code that stands in for a lost phone.
    ActivityKind {"recovery_code_used"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Recovery code used")},
    //: Kind of a record: a browser needs no second factor for a while.
    ActivityKind {"device_remembered"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Browser trusted")},
    //: Kind of a record: browsers need a second factor again.
    ActivityKind {"devices_forgotten"_L1, ActivityGroup::Factors, "factors"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Trusted browsers forgotten")},
    //: Kind of a record.
    ActivityKind {"passkey_added"_L1, ActivityGroup::Factors, "keys"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Passkey added")},
    //: Kind of a record.
    ActivityKind {"passkey_renamed"_L1, ActivityGroup::Factors, "keys"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Passkey renamed")},
    //: Kind of a record.
    ActivityKind {"passkey_removed"_L1, ActivityGroup::Factors, "keys"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Passkey removed")},

    //: Kind of a record.
    ActivityKind {"session_revoked"_L1, ActivityGroup::Sessions, "signout"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Session ended")},
    //: Kind of a record: a refresh token that was already exchanged came back, which ended the session.
    ActivityKind {"refresh_reused"_L1, ActivityGroup::Sessions, "alert"_L1, Tone::Bad,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Refresh token reused")},

    //: Kind of a record.
    ActivityKind {"key_rotated"_L1, ActivityGroup::Keys, "rotate"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Key rotated")},
    //: Kind of a record.
    ActivityKind {"key_revoked"_L1, ActivityGroup::Keys, "ban"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Key revoked")},
    //: Kind of a record.
    ActivityKind {"key_imported"_L1, ActivityGroup::Keys, "keys"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Key imported")},
    //: Kind of a record: its rotation or revocation was taken back.
    ActivityKind {"key_restored"_L1, ActivityGroup::Keys, "keys"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Key restored")},
    //: Kind of a record.
    ActivityKind {"key_removed"_L1, ActivityGroup::Keys, "close"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Key removed")},
    //: Kind of a record: the key that all others are sealed under is elsewhere now.
    ActivityKind {"master_key_moved"_L1, ActivityGroup::Keys, "keys"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Master key moved")},
    //: Kind of a record: the key that all others are sealed under.
    ActivityKind {"master_key_rotated"_L1, ActivityGroup::Keys, "rotate"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Master key rotated")},
    //: Kind of a record: the key that all others are sealed under was shown.
    ActivityKind {"master_key_exported"_L1, ActivityGroup::Keys, "alert"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Master key exported")},
    //: Kind of a record: the key that all others are sealed under.
    ActivityKind {"master_key_imported"_L1, ActivityGroup::Keys, "keys"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Master key imported")},

    //: Kind of a record: a provider such as Google that signs people in.
    ActivityKind {"provider_added"_L1, ActivityGroup::SetUp, "providers"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Provider added")},
    //: Kind of a record: a provider such as Google that signs people in.
    ActivityKind {"provider_changed"_L1, ActivityGroup::SetUp, "providers"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Provider changed")},
    //: Kind of a record: a provider such as Google that signs people in.
    ActivityKind {"provider_removed"_L1, ActivityGroup::SetUp, "providers"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Provider removed")},
    //: Kind of a record: a rate limit.
    ActivityKind {"limit_added"_L1, ActivityGroup::SetUp, "limits"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Limit added")},
    //: Kind of a record: a rate limit.
    ActivityKind {"limit_changed"_L1, ActivityGroup::SetUp, "limits"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Limit changed")},
    //: Kind of a record: a rate limit.
    ActivityKind {"limit_removed"_L1, ActivityGroup::SetUp, "limits"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Limit removed")},
    //: Kind of a record: a network that no limit holds for, or that is blocked.
    ActivityKind {"network_added"_L1, ActivityGroup::SetUp, "limits"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Network exempt or blocked")},
    //: Kind of a record: a network is neither exempt from limits nor blocked any more.
    ActivityKind {"network_removed"_L1, ActivityGroup::SetUp, "limits"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Network forgotten")},
    //: Kind of a record.
    ActivityKind {"mail_retried"_L1, ActivityGroup::SetUp, "mail"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Mail tried again")},
    //: Kind of a record: it is never sent.
    ActivityKind {"mail_dropped"_L1, ActivityGroup::SetUp, "mail"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Mail dropped")},
    //: Kind of a record.
    ActivityKind {"mail_tested"_L1, ActivityGroup::SetUp, "mail"_L1, Tone::Neutral,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Test mail sent")},
    //: Kind of a record: settings of the server were changed in this window, or by a command.
    ActivityKind {"settings_changed"_L1, ActivityGroup::SetUp, "settings"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Settings changed")},
    //: Kind of a record: a backup of the database was made.
    ActivityKind {"backup_created"_L1, ActivityGroup::SetUp, "copy"_L1, Tone::Good,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Backup made")},
    //: Kind of a record: a backup is in the place of the database since then.
    ActivityKind {"backup_restored"_L1, ActivityGroup::SetUp, "refresh"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Backup restored")},
    //: Kind of a record: the database of before a backup was restored is back.
    ActivityKind {"restore_undone"_L1, ActivityGroup::SetUp, "refresh"_L1, Tone::Warning,
                  QT_TRANSLATE_NOOP("warder::ActivityTexts", "Restore taken back")},
};

const ActivityKind *activityKindOf(const QString &type)
{
    const auto found = std::ranges::find(activityKinds, type, &ActivityKind::type);
    return found == activityKinds.end() ? nullptr : &*found;
}

QString valueText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isArray() || value.isObject())
        return QString::fromUtf8(
            (value.isArray() ? QJsonDocument(value.toArray()) : QJsonDocument(value.toObject())).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

} // namespace

QString ActivityTexts::what(const QString &type)
{
    const ActivityKind *kind = activityKindOf(type);
    return kind ? tr(kind->text) : UiTexts::foreign(type);
}

QString ActivityTexts::iconName(const QString &type)
{
    const ActivityKind *kind = activityKindOf(type);
    return kind ? QString(kind->icon) : u"info"_s;
}

Tone ActivityTexts::tone(const QString &type)
{
    const ActivityKind *kind = activityKindOf(type);
    return kind ? kind->tone : Tone::Neutral;
}

QStringList ActivityTexts::groupNames()
{
    return {//: Choice above a list of records: of any kind.
            tr("Everything"),
            //: Choice above a list of records.
            tr("Sign-ins"),
            //: Choice above a list of records: what was refused, and what looks like an attack.
            tr("Refused"),
            //: Choice above a list of records.
            tr("Accounts"),
            //: Choice above a list of records: second factors and passkeys.
            tr("Factors"),
            //: Choice above a list of records.
            tr("Sessions"),
            //: Choice above a list of records.
            tr("Keys"),
            //: Choice above a list of records: settings, providers, limits and mails that an admin set up, and backups.
            tr("Set-up")};
}

QStringList ActivityTexts::typesOf(ActivityGroup group)
{
    QStringList types;
    for (const ActivityKind &kind : activityKinds) {
        if (kind.group == group)
            types += QString(kind.type);
    }
    return types;
}

QString ActivityTexts::who(const ActivityView &record)
{
    if (!record.email.isEmpty())
        return record.email;
    //: Whom a record is about: an account that is not there any more.
    return record.userId ? tr("Removed account") : u"–"_s;
}

QString ActivityTexts::actor(const QString &actor)
{
    if (actor == "user"_L1)
        //: Who did what a record tells: whoever signs in, or the owner of the account.
        return tr("The user");
    if (actor == "console"_L1)
        //: Who did what a record tells: an admin, in this program's window.
        return tr("The window");
    if (actor == "command line"_L1)
        //: Who did what a record tells: an admin, by a command.
        return tr("A command");
    if (actor == "system"_L1)
        //: Who did what a record tells: the server, by itself.
        return tr("The server");
    return UiTexts::foreign(actor);
}

QString ActivityTexts::reason(const ActivityView &record)
{
    const QJsonObject &details = record.details;
    if (const QString reason = details.value("reason"_L1).toString(); !reason.isEmpty())
        return record.sessionId ? UiTexts::endReason(reason) : UiTexts::foreign(reason);
    if (const QString method = details.value("method"_L1).toString(); !method.isEmpty())
        return UiTexts::method(method, {});
    for (const QLatin1StringView name : {"provider"_L1, "kid"_L1, "device"_L1, "name"_L1, "rule"_L1, "network"_L1, "file"_L1, "why"_L1}) {
        if (const QString said = details.value(name).toString(); !said.isEmpty())
            return UiTexts::foreign(said);
    }
    return {};
}

QString ActivityTexts::details(const ActivityView &record)
{
    QStringList lines;
    for (auto next = record.details.constBegin(); next != record.details.constEnd(); ++next)
        lines += u"%1: %2"_s.arg(next.key(), valueText(next.value()));
    return lines.join(u'\n');
}

//: A number of records of who did what, which stands alone.
QString ActivityTexts::records(qint64 number) { return tr("%Ln record(s)", nullptr, int(number)); }

QString ActivityTexts::verdict(qint64 checked, qint64 first, const QList<ActivityBreakView> &breaks)
{
    //: What a check of all records has found.
    const QString good = tr("All %Ln record(s) are as they were written: none was changed, moved or removed.", nullptr, int(checked));
    if (breaks.isEmpty() && first > 0)
        //: After that sentence, of older records; %1 is the number of the last of them.
        return good + u' '
               + tr("Those up to number %1 are not checked: they went for their age, or are older than the chain.")
                     .arg(UiTexts::count(first));
    if (breaks.isEmpty())
        return good;
    constexpr qsizetype mostTold = 5;
    QStringList sentences;
    for (const ActivityBreakView &broken : breaks.first(std::min(breaks.size(), mostTold)))
        sentences += of(broken);
    if (breaks.size() > mostTold)
        //: After some places where the records were changed.
        sentences += tr("There are %Ln more such place(s).", nullptr, int(breaks.size() - mostTold));
    //: What to do when records were changed behind the server's back.
    sentences += tr("Somebody changed the database beside this server. Compare it with a backup or an export.");
    return sentences.join(u' ');
}

QString ActivityTexts::of(const ActivityBreakView &broken)
{
    const QString from = UiTexts::count(broken.from);
    const QString to = UiTexts::count(broken.to);
    switch (broken.flaw) {
    case AuditFlaw::Changed:
        //: What is wrong with the records; %1 is the number of one.
        return tr("Record %1, or the one before it, was changed or moved.").arg(from);
    case AuditFlaw::Missing:
        //: What is wrong with the records; %1 and %2 are numbers of records, and may be the same.
        return tr("Records %1 to %2 are missing.").arg(from, to);
    case AuditFlaw::CutOff:
        //: What is wrong with the records; %1 and %2 are numbers of records, and may be the same.
        return tr("The newest records, %1 to %2, are missing.").arg(from, to);
    case AuditFlaw::Replaced:
        //: What is wrong with the records; %1 is the number of one.
        return tr("Record %1 is another one than it was.").arg(from);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace warder

#include "ui/overview/fixes/FixChecks.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Where keys are not rotated by themselves.
constexpr Milliseconds oldKey = std::chrono::days {90};
/// Where they are, but hardly ever.
constexpr Milliseconds veryOldKey = std::chrono::days {365};
/// Long before it is a problem of health, so that there is time to make room.
constexpr qint64 littleSpace = 1024LL * 1024 * 1024;

} // namespace

Fix fix_checks::leadingToKeys(Tone tone, const QString &text, const QString &tip)
{
    return {.tone = tone,
            .text = text,
            .tip = tip,
            //: Button: leads to the page Keys.
            .action = Fixes::tr("Show Keys"),
            .page = u"keys"_s};
}

std::optional<Fix> fix_checks::ofBackups(const FixFacts &facts)
{
    if (!facts.overview.backupOverdue)
        return std::nullopt;
    Fix fix {//: What to fix next.
             .text = Fixes::tr("There is no backup. A damaged file or a wrong order would cost every account."),
             //: Tool tip of what to fix next; %1 is the name of a setting.
             .tip = Fixes::tr("%1 has the server make backups by itself.").arg("backup.every"_L1),
             //: Button: opens the list of backups, where one can be made.
             .action = Fixes::tr("Back up…"),
             .page = u"backups"_s};
    if (facts.overview.backupAge)
        //: What to fix next; %1 is a span such as "12 days".
        fix.text = Fixes::tr("There was no backup for %1.").arg(Times::lasting(*facts.overview.backupAge));
    return fix;
}

std::optional<Fix> fix_checks::ofSpace(const FixFacts &facts)
{
    const auto isSaidAbove = [](const ProblemView &problem) { return problem.code == "disk_low"_L1 || problem.code == "disk_full"_L1; };
    const std::optional<qint64> left = facts.overview.diskLeft;
    if (!left || *left >= littleSpace || std::ranges::any_of(facts.overview.server.problems, isSaidAbove))
        return std::nullopt;
    return Fix {.text =
                    //: What to fix next; %1 is a size such as "800 MiB", %2 is a folder.
                Fixes::tr("The disk has %1 left at %2. Make room before it is full: nobody can sign in then.")
                    .arg(QLocale().formattedDataSize(*left, 0), UiTexts::foreign(facts.overview.server.dataDirectory)),
                //: Tool tip of what to fix next; %1 is the name of a setting.
                .tip = Fixes::tr("Backups beside the database take the most: %1 says where they lie.").arg("backup.directory"_L1),
                //: Button: opens the list of backups.
                .action = Fixes::tr("Backups…"),
                .page = u"backups"_s};
}

std::optional<Fix> fix_checks::ofMasterKey(const FixFacts &facts)
{
    if (!facts.masterKey)
        return std::nullopt;
    if (facts.masterKey->source == MasterKeySource::Environment)
        return leadingToKeys(Tone::Warning,
                             //: What to fix next.
                             Fixes::tr("The master key is in an environment variable, which every program of this user can read."),
                             //: Tool tip of what to fix next.
                             Fixes::tr("Hand it over as a credential of systemd, or put it into the file that only its owner reads."));
    if (facts.masterKey->source == MasterKeySource::File && facts.masterKey->couldBeInKeychain)
        return leadingToKeys(Tone::Info,
                             //: What to fix next.
                             Fixes::tr("The master key lies in a file beside the database. Move it to your keychain."),
                             //: Tool tip of what to fix next.
                             Fixes::tr("Whoever copies the folder has both then, and can sign tokens."));
    return std::nullopt;
}

std::optional<Fix> fix_checks::ofOtherMasterKeys(const FixFacts &facts)
{
    if (!facts.masterKey || facts.masterKey->alsoAt.isEmpty())
        return std::nullopt;
    return leadingToKeys(Tone::Warning,
                         //: What to fix next; %1 is a place in English, such as "the file /var/lib/warder/master.key".
                         Fixes::tr("A master key that is not used lies elsewhere, too. Remove it there: %1.")
                             .arg(UiTexts::foreign(facts.masterKey->alsoAt.join(u", "_s))),
                         //: Tool tip of what to fix next.
                         Fixes::tr("It may open what this server has sealed. Keep an export of the key in a safe instead."));
}

std::optional<Fix> fix_checks::ofOldKey(const FixFacts &facts)
{
    const TimePoint since = facts.overview.signingKeySince;
    const SettingValues values(facts.settings);
    const bool isNeverRotated = values.isNever("keys.access_rotation"_L1);
    const bool isKnown = since != TimePoint {} && facts.now > since && values.isKnown("keys.access_rotation"_L1);
    if (!isKnown || facts.now - since <= (isNeverRotated ? oldKey : veryOldKey))
        return std::nullopt;
    const QString lasting = Times::lasting(facts.now - since);
    if (!isNeverRotated)
        return leadingToKeys(
            Tone::Info,
            //: What to fix next; %1 is a span such as "400 days".
            Fixes::tr("The same key has signed for %1, as the schedule has it. Rotate it, or shorten the schedule.").arg(lasting),
            //: Tool tip of what to fix next.
            Fixes::tr("The longer a key signs, the more a copy of it is worth. Nobody is signed out by a rotation."));
    return leadingToKeys(
        Tone::Warning,
        //: What to fix next; %1 is a span such as "4 months".
        Fixes::tr("The same key has signed for %1, and nothing replaces it. Rotate it; nobody is signed out by that.").arg(lasting),
        //: Tool tip of what to fix next.
        Fixes::tr("Schedule… has keys replaced by themselves."));
}

/// Of keys whose public half others fetch: a rotation that comes before they have the next one has its tokens refused for a while.
std::optional<Fix> fix_checks::ofMissingStandby(const FixFacts &facts)
{
    const auto has = [&facts](KeyState state) {
        return std::ranges::any_of(facts.keys, [state](const KeyView &key) {
            const QString algorithm = key.state == KeyState::Current ? key.nextAlgorithm.value_or(key.algorithm) : key.algorithm;
            return key.purpose == KeyPurpose::Access && key.state == state && algorithm != "HS256"_L1;
        });
    };
    if (!has(KeyState::Current) || has(KeyState::Standby))
        return std::nullopt;
    return leadingToKeys(Tone::Warning,
                         //: What to fix next: of the keys that sign access tokens.
                         Fixes::tr("No key stands by. After a rotation the apps that check tokens refuse them until they fetch the keys."),
                         //: Tool tip of what to fix next.
                         Fixes::tr("The server makes one by itself when it starts, and after each rotation."));
}

std::optional<Fix> fix_checks::ofEndlessRecord(const FixFacts &facts)
{
    if (!SettingValues(facts.settings).isNever("audit.keep"_L1))
        return std::nullopt;
    return leadingToSetting(Tone::Info, "audit.keep"_L1,
                            //: What to fix next; %1 is the name of a setting.
                            Fixes::tr("The record of who did what, with addresses, is kept for ever. %1 bounds it.").arg("audit.keep"_L1));
}

} // namespace warder

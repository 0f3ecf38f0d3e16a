#include "ui/overview/fixes/FixChecks.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

std::optional<Fix> fix_checks::ofAdmins(const FixFacts &facts)
{
    if (!facts.overview.counts)
        return Fix {.tone = Tone::Neutral,
                    //: What to fix next, while the database cannot be read.
                    .text = Fixes::tr("Whether admins sign in with a password alone is not known: the database cannot be read."),
                    //: Button: leads to the page Users.
                    .action = Fixes::tr("Show Users"),
                    .page = u"users"_s};
    const int admins = int(facts.overview.counts->bareAdmins);
    if (admins == 0)
        return std::nullopt;
    const QString required = SettingValues(facts.settings).of("mfa.required"_L1);
    const bool isDemanded = !required.isEmpty() && required != "none"_L1;
    Fix fix {//: What to fix next.
             .text = Fixes::tr("%Ln admin(s) sign in with a password alone. Have them set up a second factor.", nullptr, admins),
             //: Tool tip of what to fix next; %1 is a line of a settings file.
             .tip = Fixes::tr("Whoever learns such a password is an admin. The setting %1 asks all admins for a second factor.")
                        .arg("mfa.required = admins"_L1),
             //: Button: leads to the admins without a second factor, on the page Users.
             .action = Fixes::tr("Show in Users"),
             .page = u"users"_s,
             .filter = {.bareAdminsFirst = true}};
    if (isDemanded) {
        //: What to fix next: the settings demand a second factor of these.
        fix.text = Fixes::tr("%Ln admin(s) have no second factor yet. The next sign-in asks to set one up.", nullptr, admins);
        //: Tool tip of what to fix next: somebody else may be the first to sign in.
        fix.tip = Fixes::tr("Until then whoever has the password can sign in and set it up.");
    }
    return fix;
}

/// An app that has no use for the role has none.
std::optional<Fix> fix_checks::ofOnlyAdmin(const FixFacts &facts)
{
    if (!facts.overview.counts || facts.overview.counts->admins != 1)
        return std::nullopt;
    return Fix {.tone = Tone::Info,
                //: What to fix next; “admin” is a role and stays as it is.
                .text = Fixes::tr("One account alone has the role admin. Give it to a second person you trust."),
                //: Tool tip of what to fix next.
                .tip = Fixes::tr("Whoever loses password and phone on the same day locks nobody else out then."),
                //: Button: leads to the page Users.
                .action = Fixes::tr("Show Users"),
                .page = u"users"_s};
}

/// Passkeys are good for the host that they were made for, and nobody can carry them to another one.
std::optional<Fix> fix_checks::ofOtherHosts(const FixFacts &facts)
{
    int passkeys = 0;
    const PasskeyHostView *most = nullptr;
    for (const PasskeyHostView &each : facts.passkeyHosts) {
        if (each.current || each.passkeys == 0)
            continue;
        passkeys += int(each.passkeys);
        most = !most || each.passkeys > most->passkeys ? &each : most;
    }
    if (!most)
        return std::nullopt;
    const auto current = std::ranges::find_if(facts.passkeyHosts, &PasskeyHostView::current);
    Fix fix = leadingToSetting(
        Tone::Warning, "passkeys.rp_id"_L1,
        //: What to fix next: there is no host that passkeys could be for.
        Fixes::tr("%Ln passkey(s) do not work: no host for passkeys is set.", nullptr, passkeys),
        //: Tool tip of what to fix next; %1 is a line of a settings file, with a host's name.
        Fixes::tr("With %1 those of that host work again, and those of today's do not.").arg("passkeys.rp_id = "_L1 + most->rpId));
    if (current != facts.passkeyHosts.end())
        //: What to fix next; %1 is a host's name: passkeys are for one host, and these are for another.
        fix.text =
            Fixes::tr("%Ln passkey(s) do not work: they are not for %1. Their owners need new ones.", nullptr, passkeys).arg(current->rpId);
    return fix;
}

/// They become better ones at their owners' next sign-in. Where the settings want another format there is nothing to mend.
std::optional<Fix> fix_checks::ofOldHashes(const FixFacts &facts)
{
    const qint64 hashes = facts.overview.counts ? facts.overview.counts->oldHashes : 0;
    if (hashes == 0 || SettingValues(facts.settings).of("passwords.algorithm"_L1) != "argon2id"_L1)
        return std::nullopt;
    Fix fix {
        .tone = Tone::Info,
        //: What to fix next: passwords are kept in a form that is easier to guess from.
        .text = Fixes::tr("%Ln password(s) are kept by an old method. The next sign-in of each owner renews it.", nullptr, int(hashes)),
        //: Tool tip of what to fix next.
        .tip = Fixes::tr("If the database is ever stolen these are guessed first. Who never comes back can be given a new password, or "
                         "be deleted."),
        //: Button: leads to the page Users.
        .action = Fixes::tr("Show Users"),
        .page = u"users"_s};
    if (hashes >= OverviewCounts::mostOldHashes)
        //: What to fix next: of very many.
        fix.text =
            Fixes::tr("%Ln password(s) or more are kept by an old method. The next sign-in of each owner renews it.", nullptr, int(hashes));
    return fix;
}

std::optional<Fix> fix_checks::ofCommonPasswords(const FixFacts &facts)
{
    if (SettingValues(facts.settings).of("passwords.min_guesses"_L1) != "0"_L1)
        return std::nullopt;
    return leadingToSetting(
        Tone::Warning, "passwords.min_guesses"_L1,
        //: What to fix next; %1 is a line of a settings file.
        Fixes::tr("New passwords may be the most common ones there are. Set %1.").arg("passwords.min_guesses = 1000000"_L1));
}

std::optional<Fix> fix_checks::ofBreachCheck(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (values.of("passwords.breach_check"_L1) != "off"_L1 || !values.isForOthers())
        return std::nullopt;
    return leadingToSetting(
        Tone::Info, "passwords.breach_check"_L1,
        //: What to fix next; %1 is a line of a settings file.
        Fixes::tr("New passwords are not looked up in known data breaches. Set %1.").arg("passwords.breach_check = on"_L1),
        //: Tool tip of what to fix next.
        Fixes::tr("The server that is asked gets 5 digits of a hash, which thousands of passwords share. While it does not answer, people "
                  "sign up all the same."));
}

} // namespace warder

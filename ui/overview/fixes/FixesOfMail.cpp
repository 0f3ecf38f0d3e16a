#include "ui/overview/Reach.h"
#include "ui/overview/fixes/FixChecks.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Fix leadingToMail(const QString &text, const QString &tip)
{
    return {.text = text,
            .tip = tip,
            //: Button: leads to the page Mail.
            .action = Fixes::tr("Show Mail"),
            .page = u"mail"_s};
}

} // namespace

/// What the settings demand that only mails can finish, where none are sent.
std::optional<Fix> fix_checks::ofNeededMails(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (values.of("mail.transport"_L1) != "off"_L1)
        return std::nullopt;
    if (values.isOn("accounts.require_verified_email"_L1))
        return leadingToSetting(
            Tone::Warning, "mail.transport"_L1,
            //: What to fix next; %1 is the name of a setting.
            Fixes::tr("Mails are off, and %1 is on: whoever is new can never sign in.").arg("accounts.require_verified_email"_L1));
    if (values.of("accounts.registration_answer"_L1) == "private"_L1)
        return leadingToSetting(Tone::Warning, "mail.transport"_L1,
                                //: What to fix next; %1 is a line of a settings file.
                                Fixes::tr("Mails are off, and %1: nobody can register.").arg("accounts.registration_answer = private"_L1));
    if (values.isOn("accounts.magic_link"_L1))
        return leadingToSetting(Tone::Warning, "mail.transport"_L1,
                                //: What to fix next; %1 is the name of a setting.
                                Fixes::tr("Mails are off, and %1 is on: nobody can sign in by mail.").arg("accounts.magic_link"_L1));
    return std::nullopt;
}

/// In development mails are files, and their links lead to this machine.
std::optional<Fix> fix_checks::ofMails(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    const QString transport = values.of("mail.transport"_L1);
    if (transport.isEmpty() || !values.isForOthers() || ofNeededMails(facts))
        return std::nullopt;
    //: Tool tip of what to fix next: what mails are for.
    const QString purpose = Fixes::tr("By mail people also confirm their address, are invited, and hear of sign-ins that were not theirs.");
    if (transport != "smtp"_L1)
        return leadingToMail(
            //: What to fix next; %1 is a line of a settings file.
            Fixes::tr("Mails reach nobody, so a forgotten password stays forgotten. Set %1.").arg("mail.transport = smtp"_L1), purpose);
    const QString base = values.of("mail.link_base"_L1);
    if (!reach::isOriginOfThisMachine(base))
        return std::nullopt;
    return leadingToMail(
        //: What to fix next; %1 is an address of this machine, %2 the name of a setting.
        Fixes::tr("Links in mails lead to %1, which is everybody’s own machine. Name your app in %2.").arg(base, "mail.link_base"_L1),
        purpose);
}

} // namespace warder

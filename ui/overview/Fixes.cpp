#include "ui/overview/Fixes.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The values of the settings by their keys.
class Values final
{
public:
    explicit Values(const QList<SettingView> &settings) : m_settings(settings) {}

    QString of(QLatin1StringView key) const
    {
        const auto found = std::ranges::find(m_settings, key, &SettingView::key);
        return found == m_settings.end() ? QString() : found->value;
    }
    QStringList listOf(QLatin1StringView key) const { return of(key).split(u',', Qt::SkipEmptyParts); }

private:
    const QList<SettingView> &m_settings;
};

/// Of a place where the server listens: "0.0.0.0:8000". No address for a unix domain socket and for localhost.
QHostAddress addressOf(const QString &place) { return QHostAddress(place.section(u':', 0, -2).remove(u'[').remove(u']')); }

/// All addresses of the machine, or one that the whole world may reach. Behind a proxy it is the proxy's part to speak TLS.
bool isPublic(const QString &place)
{
    const QHostAddress address = addressOf(place);
    return address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6)
           || (address.isGlobal() && !address.isPrivateUse());
}

bool isOfThisMachine(const QString &origin)
{
    const QString host = QUrl(origin).host();
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

std::optional<Fix> ofAdmins(const OverviewView &overview, const Values &values)
{
    if (!overview.counts)
        return Fix {.tone = Tone::Neutral,
                    //: What to fix next, while the database cannot be read.
                    .text = Fixes::tr("Whether admins sign in with a password alone is not known: the database cannot be read.")};
    const int admins = int(overview.counts->bareAdmins);
    if (admins == 0)
        return std::nullopt;
    const QString required = values.of("mfa.required"_L1);
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

std::optional<Fix> ofPlainHttp(const Values &values)
{
    if (!values.of("http.tls_certificate"_L1).isEmpty() || !values.of("http.trusted_proxies"_L1).isEmpty())
        return std::nullopt;
    const QStringList places = values.listOf("http.listen"_L1);
    const auto open = std::ranges::find_if(places, isPublic);
    if (open == places.end())
        return std::nullopt;
    return Fix {
        //: What to fix next: there is no TLS; %1 is a network address with a port, %2 is the name of a setting.
        .text = Fixes::tr("Passwords and tokens go to %1 as plain text. Name a certificate in %2.").arg(*open, "http.tls_certificate"_L1),
        //: Tool tip of what to fix next; %1 is the name of a setting.
        .tip = Fixes::tr("Or have the server listen on 127.0.0.1 alone, behind a proxy that speaks TLS. A proxy on another "
                         "machine is named in %1.")
                   .arg("http.trusted_proxies"_L1)};
}

/// Passkeys are good for the host that they were made for, and nobody can carry them to another one.
std::optional<Fix> ofOtherHosts(const QList<PasskeyHostView> &hosts)
{
    int passkeys = 0;
    const PasskeyHostView *most = nullptr;
    for (const PasskeyHostView &each : hosts) {
        if (each.current || each.passkeys == 0)
            continue;
        passkeys += int(each.passkeys);
        most = !most || each.passkeys > most->passkeys ? &each : most;
    }
    if (!most)
        return std::nullopt;
    const auto current = std::ranges::find_if(hosts, &PasskeyHostView::current);
    Fix fix {//: What to fix next: there is no host that passkeys could be for.
             .text = Fixes::tr("%Ln passkey(s) do not work: no host for passkeys is set.", nullptr, passkeys),
             //: Tool tip of what to fix next; %1 is a line of a settings file, with a host's name.
             .tip =
                 Fixes::tr("With %1 those of that host work again, and those of today's do not.").arg("passkeys.rp_id = "_L1 + most->rpId)};
    if (current != hosts.end())
        //: What to fix next; %1 is a host's name: passkeys are for one host, and these are for another.
        fix.text =
            Fixes::tr("%Ln passkey(s) do not work: they are not for %1. Their owners need new ones.", nullptr, passkeys).arg(current->rpId);
    return fix;
}

/// In development everything is on this machine.
bool isForOthers(const Values &values)
{
    return !std::ranges::all_of(values.listOf("http.allowed_origins"_L1), isOfThisMachine)
           || std::ranges::any_of(values.listOf("http.listen"_L1), isPublic) || !values.of("http.trusted_proxies"_L1).isEmpty();
}

/// In development they are right.
std::optional<Fix> ofInsecureCookies(const Values &values)
{
    if (values.of("http.cookies_insecure"_L1) != "true"_L1 || !isForOthers(values))
        return std::nullopt;
    return Fix {
        //: What to fix next; %1 is the name of a setting.
        .text =
            Fixes::tr("Browsers send cookies without TLS, too: that is for development. Set %1 to false.").arg("http.cookies_insecure"_L1)};
}

Fix leadingToMail(const QString &text, const QString &tip)
{
    return {.text = text,
            .tip = tip,
            //: Button: leads to the page Mail.
            .action = Fixes::tr("Show Mail"),
            .page = u"mail"_s};
}

/// In development mails are files, and their links lead to this machine.
std::optional<Fix> ofMails(const Values &values)
{
    const QString transport = values.of("mail.transport"_L1);
    if (transport.isEmpty() || !isForOthers(values))
        return std::nullopt;
    //: Tool tip of what to fix next: what mails are for.
    const QString purpose = Fixes::tr("By mail people also confirm their address, are invited, and hear of sign-ins that were not theirs.");
    if (transport != "smtp"_L1)
        return leadingToMail(
            //: What to fix next; %1 is a line of a settings file.
            Fixes::tr("Mails reach nobody, so a forgotten password stays forgotten. Set %1.").arg("mail.transport = smtp"_L1), purpose);
    const QString base = values.of("mail.link_base"_L1);
    if (!isOfThisMachine(base))
        return std::nullopt;
    return leadingToMail(
        //: What to fix next; %1 is an address of this machine, %2 the name of a setting.
        Fixes::tr("Links in mails lead to %1, which is everybody’s own machine. Name your app in %2.").arg(base, "mail.link_base"_L1),
        purpose);
}

} // namespace

QList<Fix> Fixes::of(const OverviewView &overview, const QList<SettingView> &settings, const QList<PasskeyHostView> &passkeyHosts)
{
    const Values values(settings);
    QList<Fix> fixes;
    for (const auto &each :
         {ofAdmins(overview, values), ofPlainHttp(values), ofInsecureCookies(values), ofMails(values), ofOtherHosts(passkeyHosts)}) {
        if (each)
            fixes += *each;
    }
    return fixes;
}

} // namespace warder

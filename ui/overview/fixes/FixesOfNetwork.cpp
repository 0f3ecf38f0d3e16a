#include "ui/overview/Reach.h"
#include "ui/overview/fixes/FixChecks.h"
#include "ui/settings/WrittenDuration.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Whether whoever comes may say that they are a proxy: "0.0.0.0/0", "::/1".
bool holdsEverybody(const QString &subnet)
{
    bool isNumber = false;
    const int bits = subnet.section(u'/', 1).toInt(&isNumber);
    return isNumber && bits <= 1;
}

} // namespace

QString SettingValues::of(QLatin1StringView key) const
{
    const auto found = std::ranges::find(m_settings, key, &SettingView::key);
    return found == m_settings.end() ? QString() : found->value;
}

bool SettingValues::isKnown(QLatin1StringView key) const { return std::ranges::contains(m_settings, key, &SettingView::key); }

bool SettingValues::isNever(QLatin1StringView key) const
{
    const auto written = WrittenDuration::of(of(key));
    return written && written->seconds() == 0;
}

bool SettingValues::isForOthers() const
{
    return !std::ranges::all_of(reach::itemsOf(of("http.allowed_origins"_L1)), reach::isOriginOfThisMachine)
           || std::ranges::any_of(reach::itemsOf(of("http.listen"_L1)), reach::isPublic) || !of("http.trusted_proxies"_L1).isEmpty();
}

Fix fix_checks::leadingToSetting(Tone tone, QLatin1StringView key, const QString &text, const QString &tip)
{
    return {.tone = tone,
            .text = text,
            .tip = tip,
            //: Button: leads to a setting on the page Settings.
            .action = Fixes::tr("Show in Settings"),
            .page = u"settings"_s,
            .filter = {.text = QString(key)}};
}

/// Behind a proxy it is the proxy's part to speak TLS.
std::optional<Fix> fix_checks::ofPlainHttp(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (!values.of("http.tls_certificate"_L1).isEmpty() || !values.of("http.trusted_proxies"_L1).isEmpty())
        return std::nullopt;
    const QStringList places = reach::itemsOf(values.of("http.listen"_L1));
    const auto open = std::ranges::find_if(places, reach::isPublic);
    if (open == places.end())
        return std::nullopt;
    return leadingToSetting(
        Tone::Warning, "http.tls_certificate"_L1,
        //: What to fix next: there is no TLS; %1 is a network address with a port, %2 is the name of a setting.
        Fixes::tr("Passwords and tokens go to %1 as plain text. Name a certificate in %2.").arg(*open, "http.tls_certificate"_L1),
        //: Tool tip of what to fix next; %1 is the name of a setting.
        Fixes::tr("Or have the server listen on 127.0.0.1 alone, behind a proxy that speaks TLS. A proxy on another "
                  "machine is named in %1.")
            .arg("http.trusted_proxies"_L1));
}

std::optional<Fix> fix_checks::ofProxiesAnywhere(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (std::ranges::none_of(reach::itemsOf(values.of("http.trusted_proxies"_L1)), holdsEverybody))
        return std::nullopt;
    return leadingToSetting(
        Tone::Warning, "http.trusted_proxies"_L1,
        //: What to fix next; %1 is the name of a setting.
        Fixes::tr("Any client may claim any address: %1 holds everybody. Name your proxies alone.").arg("http.trusted_proxies"_L1),
        //: Tool tip of what to fix next.
        Fixes::tr("No limit by address holds, and the record has the addresses that clients make up."));
}

/// In development they are right.
std::optional<Fix> fix_checks::ofInsecureCookies(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (!values.isOn("http.cookies_insecure"_L1) || !values.isForOthers())
        return std::nullopt;
    return leadingToSetting(
        Tone::Warning, "http.cookies_insecure"_L1,
        //: What to fix next; %1 is the name of a setting.
        Fixes::tr("Browsers send cookies without TLS, too: that is for development. Set %1 to false.").arg("http.cookies_insecure"_L1));
}

std::optional<Fix> fix_checks::ofMissingLimits(const FixFacts &facts)
{
    if (SettingValues(facts.settings).of("rate_limit.enabled"_L1) != "false"_L1)
        return std::nullopt;
    return leadingToSetting(
        Tone::Warning, "rate_limit.enabled"_L1,
        //: What to fix next; %1 is a line of a settings file.
        Fixes::tr("No limit applies: passwords may be guessed as fast as the server answers. Set %1.").arg("rate_limit.enabled = true"_L1));
}

std::optional<Fix> fix_checks::ofMissingBackoff(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (values.of("rate_limit.login_backoff"_L1) != "false"_L1 || values.of("rate_limit.enabled"_L1) == "false"_L1)
        return std::nullopt;
    return leadingToSetting(Tone::Warning, "rate_limit.login_backoff"_L1,
                            //: What to fix next; %1 is a line of a settings file.
                            Fixes::tr("Wrong passwords in a row cost no wait, so that one account can be guessed at steadily. Set %1.")
                                .arg("rate_limit.login_backoff = true"_L1));
}

/// The server's own URL is where it listens, which other machines know by another name, and which changes with the port.
std::optional<Fix> fix_checks::ofDefaultIssuer(const FixFacts &facts)
{
    const SettingValues values(facts.settings);
    if (!values.isKnown("tokens.issuer"_L1) || !values.of("tokens.issuer"_L1).isEmpty() || !values.isForOthers())
        return std::nullopt;
    return leadingToSetting(
        Tone::Info, "tokens.issuer"_L1,
        //: What to fix next; %1 is the name of a setting.
        Fixes::tr("Tokens name the place where the server listens as their issuer. Set %1 to its public address.").arg("tokens.issuer"_L1),
        //: Tool tip of what to fix next.
        Fixes::tr("Whoever checks tokens compares that name. Once it is set, another port or proxy changes nothing for them."));
}

} // namespace warder

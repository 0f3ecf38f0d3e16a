#include "ui/providers/ProviderTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct ProviderKindTexts
{
    QLatin1StringView name;
    const char *registration;
};

constexpr std::array providerKinds {
    ProviderKindTexts {
        "google"_L1,
        //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "At console.cloud.google.com, “APIs & Services”, “Credentials”, create an OAuth client ID of the type "
                          "“Web application” with this redirect URI.")},
    ProviderKindTexts {"github"_L1,
                       //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
                       QT_TRANSLATE_NOOP("warder::ProviderTexts",
                                         "At github.com/settings/developers, “OAuth Apps”, register an app with this address as its "
                                         "“Authorization callback URL”, and generate a client secret.")},
    ProviderKindTexts {
        "microsoft"_L1,
        //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "At entra.microsoft.com, “App registrations”, register an app with this redirect URI of the type “Web”, "
                          "and make a client secret.")},
    ProviderKindTexts {
        "apple"_L1,
        //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "At developer.apple.com/account, make a “Services ID” (the client id) for “Sign in with Apple” with this "
                          "“Return URL”, which must be https, and a key, which can be downloaded once.")},
    ProviderKindTexts {
        "gitlab"_L1,
        //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "In GitLab, “Applications”, add an application with this redirect URI and the scopes openid, email "
                          "and profile.")},
    ProviderKindTexts {
        "discord"_L1,
        //: What to do at a provider before it is added here. The names in quotes are those of its own pages, in English.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "At discord.com/developers/applications, make an application, and under “OAuth2” add this redirect.")},
    ProviderKindTexts {
        "oidc"_L1,
        //: What to do at a provider before it is added here.
        QT_TRANSLATE_NOOP("warder::ProviderTexts",
                          "At the provider, register a confidential client for the authorization code flow with this redirect "
                          "URI.")},
};

const ProviderKindTexts *textsOf(const QString &kind)
{
    const auto found = std::ranges::find(providerKinds, kind, &ProviderKindTexts::name);
    return found == providerKinds.end() ? nullptr : &*found;
}

QString shownLabel(const ProviderView &provider) { return UiTexts::foreign(provider.label); }

} // namespace

QStringList ProviderTexts::kinds()
{
    QStringList names;
    for (const ProviderKindTexts &kind : providerKinds)
        names += kind.name;
    return names;
}

QString ProviderTexts::kind(const QString &name) { return name == "oidc"_L1 ? u"OpenID Connect"_s : UiTexts::providerName(name); }

QString ProviderTexts::registration(const QString &kind)
{
    const ProviderKindTexts *texts = textsOf(kind);
    return texts ? tr(texts->registration) : QString();
}

QString ProviderTexts::state(const ProviderView &provider)
{
    return provider.enabled ? /*: State of a provider: people can sign in with it. */ tr("On")
                            : /*: State of a provider: nobody can sign in with it. */ tr("Off");
}

Tone ProviderTexts::tone(const ProviderView &provider) { return provider.enabled ? Tone::Good : Tone::Neutral; }

QString ProviderTexts::explained(const ProviderView &provider)
{
    //: About a provider that is switched off.
    return provider.enabled ? QString() : tr("It is switched off: its button is gone, and nobody signs in with it.");
}

QList<DetailsPanel::Fact> ProviderTexts::facts(const ProviderView &provider, TimePoint now)
{
    QList<DetailsPanel::Fact> facts {
        //: Name of a fact about a provider: Google, GitHub …
        {.name = tr("Kind"), .value = kind(provider.kind)},
        //: Name of a fact about a provider: the address by which OpenID Connect knows it.
        {.name = tr("Issuer"), .value = provider.issuer},
        //: Name of a fact about a provider: how many accounts there sign in here.
        {.name = tr("Linked accounts"), .value = UiTexts::count(provider.identities)},
        //: Name of a fact about a provider: how often somebody signed in with it.
        {.name = tr("Sign-ins"),
         .value = UiTexts::count(provider.signIns),
         .remark = provider.lastSignInAt
                       ? /*: %1 is a time such as "3 min ago". */ tr("the last one %1").arg(Times::ago(*provider.lastSignInAt, now))
                       : QString(),
         .tip = provider.lastSignInAt ? Times::exact(*provider.lastSignInAt) : QString()},
        //: Name of a fact about a provider: what it calls this server.
        {.name = tr("Client id"), .value = provider.clientId},
        //: Name of a fact about a provider.
        {.name = tr("Client secret"), .value = /*: In place of a secret. */ tr("kept sealed, never shown")},
        //: Name of a fact about a provider: what it is asked for.
        {.name = tr("Scopes"), .value = provider.scopes.join(u' ')},
        //: Name of a fact about a provider: whether an e-mail address that it calls verified is taken for proven here.
        {.name = tr("Its verified addresses"),
         .value = provider.trustEmail ? /*: Of e-mail addresses that a provider calls verified. */ tr("count as proven")
                                      : /*: Of e-mail addresses that a provider calls verified. */ tr("prove nothing here")},
        //: Name of a fact about a provider: what it is called in addresses.
        {.name = tr("Name in addresses"), .value = provider.name},
        //: Name of a fact about a provider.
        {.name = tr("Added"), .value = Times::exact(provider.createdAt)},
    };
    return facts;
}

Confirmation ProviderTexts::beforeSwitchOff(const ProviderView &provider, const ProviderRemovalView &atStake)
{
    //: What follows when a provider is switched off.
    QString effect = tr("Its button goes, and nobody signs in with it until you switch it on again. Who is signed in stays so.");
    if (atStake.onlyWayIn > 0)
        //: What follows when a provider is switched off.
        effect +=
            u' ' + tr("%Ln account(s) have no other way in: their owners are locked out until then.", nullptr, int(atStake.onlyWayIn));
    return {//: Question before a provider is switched off; %1 is what it is called ("Google").
            .question = tr("Switch off sign-in with %1?").arg(shownLabel(provider)),
            .effect = effect,
            //: Button: switches a provider off.
            .action = tr("Switch off")};
}

Confirmation ProviderTexts::beforeRemoval(const ProviderView &provider, const ProviderRemovalView &atStake)
{
    QStringList effect;
    if (atStake.identities == 0)
        //: What follows when a provider is removed.
        effect += tr("No account is linked with it.");
    else
        //: What follows when a provider is removed.
        effect += tr("%Ln link(s) of accounts with it go, and only their owners can make them again.", nullptr, int(atStake.identities));
    if (atStake.onlyWayIn > 0)
        //: What follows when a provider is removed.
        effect += tr("%Ln account(s) have no other way in: nobody can sign in to them until they get a password, from you or by a mail.",
                     nullptr, int(atStake.onlyWayIn));
    //: What follows when a provider is removed.
    effect += tr("Its client id and secret are forgotten. Who is signed in stays so. This cannot be undone, unlike switching it off.");
    return {//: Question before a provider is removed; %1 is what it is called ("Google").
            .question = tr("Remove %1?").arg(shownLabel(provider)),
            .effect = effect.join(u' '),
            //: Button: removes a provider.
            .action = tr("Remove")};
}

//: Said after a provider was added; %1 is what it is called ("Google").
QString ProviderTexts::added(const ProviderView &provider) { return tr("People can sign in with %1 now.").arg(shownLabel(provider)); }

//: Said after a provider was changed; %1 is what it is called ("Google").
QString ProviderTexts::changed(const ProviderView &provider) { return tr("%1 is changed.").arg(shownLabel(provider)); }

QString ProviderTexts::switched(const ProviderView &provider)
{
    const QString text = provider.enabled ? /*: Said of a provider; %1 is what it is called ("Google"). */ tr("Sign-in with %1 is on.")
                                          : /*: Said of a provider; %1 is what it is called ("Google"). */ tr("Sign-in with %1 is off.");
    return text.arg(shownLabel(provider));
}

QString ProviderTexts::removed(const ProviderView &provider, const ProviderRemovalView &gone)
{
    //: Said after a provider was removed; %1 is what it is called ("Google").
    const QString said = tr("%1 is removed.").arg(shownLabel(provider));
    //: Said after a provider was removed.
    return gone.identities == 0 ? said : said + u' ' + tr("%Ln link(s) of accounts went with it.", nullptr, int(gone.identities));
}

//: Said in place of a question; %1 is what a provider was called ("Google").
QString ProviderTexts::gone(const QString &label)
{
    return tr("%1 is not there any more: somebody removed it.").arg(UiTexts::foreign(label));
}

QString ProviderTexts::subject(const ProviderCheckView &step)
{
    if (step.subject == "Discovery document"_L1)
        //: What was looked at in a test of a provider: the document that says where its addresses are.
        return tr("Discovery document");
    if (step.subject == "Keys"_L1)
        //: What was looked at in a test of a provider: the public keys by which its word is verified.
        return tr("Keys");
    if (step.subject == "Scopes"_L1)
        //: What was looked at in a test of a provider: what it is asked for.
        return tr("Scopes");
    if (step.subject == "Client"_L1)
        //: What was looked at in a test of a provider: whether it knows the client id and the secret.
        return tr("Client id and secret");
    return UiTexts::foreign(step.subject);
}

Tone ProviderTexts::tone(const ProviderCheckView &step)
{
    switch (step.outcome) {
    case ProviderCheckOutcome::Good:     return Tone::Good;
    case ProviderCheckOutcome::Doubtful: return Tone::Warning;
    case ProviderCheckOutcome::Bad:      return Tone::Bad;
    }
    Q_UNREACHABLE_RETURN({});
}

Tone ProviderTexts::tone(const QList<ProviderCheckView> &steps)
{
    Tone worst = steps.isEmpty() ? Tone::Bad : Tone::Good;
    for (const ProviderCheckView &step : steps)
        worst = qMax(worst, tone(step));
    return worst;
}

QString ProviderTexts::verdict(const QList<ProviderCheckView> &steps)
{
    switch (tone(steps)) {
    case Tone::Good:
        //: The answer to: does a provider work? A redirect URI is the address that it sends browsers back to.
        return tr("It works, as far as can be told from here. Whether it knows the redirect URI shows at the first sign-in.");
    case Tone::Bad:
        //: The answer to: does a provider work?
        return tr("It does not work: nobody can sign in with it until this is mended.");
    case Tone::Warning:
    case Tone::Info:
    case Tone::Neutral: break;
    }
    //: The answer to: does a provider work?
    return tr("It may work. What is doubtful shows at the first sign-in.");
}

QString ProviderTexts::callback(const QString &origin, const QString &name)
{
    QString site = origin.trimmed();
    while (site.endsWith(u'/'))
        site.chop(1);
    return site + u"/api/auth/oauth/"_s + name + u"/callback"_s;
}

} // namespace warder

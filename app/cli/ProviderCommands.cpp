#include "app/cli/Commands.h"

#include "app/cli/PasswordPrompt.h"
#include "core/console/orders/Providers.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

Result<std::optional<bool>> trustGiven(const QCommandLineParser &parser)
{
    const QString said = parser.value(u"trust-email"_s);
    if (!parser.isSet(u"trust-email"_s))
        return std::nullopt;
    if (said == "yes"_L1 || said == "no"_L1)
        return std::optional(said == "yes"_L1);
    return refused(ErrorCode::InvalidInput, u"--trust-email takes yes or no"_s);
}

QString textOf(const std::optional<TimePoint> &at) { return at ? toText(*at) : u"never"_s; }

void print(const ProviderView &provider)
{
    QList<QStringList> facts {{u"name"_s, provider.name},     {u"kind"_s, provider.kind},
                              {u"label"_s, provider.label},   {u"state"_s, provider.enabled ? u"enabled"_s : u"disabled"_s},
                              {u"issuer"_s, provider.issuer}, {u"client id"_s, provider.clientId}};
    const std::pair<QString, QString> ofKind[] {{u"tenant"_s, provider.tenant}, {u"team"_s, provider.team}, {u"key id"_s, provider.keyId}};
    for (const auto &[name, value] : ofKind) {
        if (!value.isEmpty())
            facts += QStringList {name, value};
    }
    facts += QList<QStringList> {{u"scopes"_s, provider.scopes.join(u' ')},
                                 {u"trust e-mail"_s, provider.trustEmail ? u"yes"_s : u"no"_s},
                                 {u"identities"_s, QString::number(provider.identities)},
                                 {u"sign-ins"_s, QString::number(provider.signIns)},
                                 {u"last sign-in"_s, textOf(provider.lastSignInAt)}};
    for (const QString &callback : provider.callbacks)
        facts += QStringList {u"redirect URI"_s, callback};
    printFacts(facts);
}

QString identitiesOf(qint64 count) { return count == 1 ? u"1 identity"_s : u"%1 identities"_s.arg(count); }

QString accountsOf(qint64 count) { return count == 1 ? u"1 account has"_s : u"%1 accounts have"_s.arg(count); }

/// What removing it would mean, for somebody who may only want to turn it off.
QString questionOf(const QString &name, const ProviderRemovalView &removal)
{
    const QString lost = removal.onlyWayIn == 0 ? QString() : u"%1 no other way to sign in. "_s.arg(accountsOf(removal.onlyWayIn));
    return u"Remove %1 with %2? %3`warderd provider edit %1 --disable` only turns it off. This cannot be undone."_s.arg(
        name, identitiesOf(removal.identities), lost);
}

} // namespace

/// Whatever is Apple's has several lines.
Result<QString> askForProviderSecret(const QCommandLineParser &parser)
{
    if (parser.isSet(u"secret-stdin"_s))
        return secretOfStdin();
    if (parser.positionalArguments().value(2) == "apple"_L1)
        return refused(ErrorCode::InvalidInput, u"a private key has several lines: give its file with --secret-stdin <AuthKey_….p8"_s);
    return askSecret(u"Client secret: "_s, u"no terminal to ask for the client secret: pipe it in with --secret-stdin"_s);
}

Result<QString> askForNewProviderSecret(const QCommandLineParser &parser)
{
    return parser.isSet(u"new-secret"_s) || parser.isSet(u"secret-stdin"_s) ? askForProviderSecret(parser) : Result<QString>(QString());
}

int providerList(const CommandContext &context)
{
    const QStringList head {u"NAME"_s, u"LABEL"_s, u"KIND"_s, u"STATE"_s, u"IDENTITIES"_s, u"SIGN-INS"_s, u"LAST SIGN-IN"_s, u"ISSUER"_s};
    return context.show(context.ask(ListProviders {}), [&head](const QList<ProviderView> &all) {
        QList<QStringList> rows;
        for (const ProviderView &one : all)
            rows += QStringList {one.name,
                                 one.label,
                                 one.kind,
                                 one.enabled ? u"enabled"_s : u"disabled"_s,
                                 QString::number(one.identities),
                                 QString::number(one.signIns),
                                 textOf(one.lastSignInAt),
                                 one.issuer};
        printTable(head, rows, u"No providers."_s);
    });
}

int providerShow(const CommandContext &context)
{
    const QString name = context.arguments.first();
    const auto found = context.ask(ListProviders {}).and_then([&name](const QList<ProviderView> &all) -> Result<ProviderView> {
        const auto one = std::ranges::find(all, name, &ProviderView::name);
        return one != all.cend() ? Result<ProviderView>(*one) : refused(ErrorCode::NotFound, u"no provider is named %1"_s.arg(name));
    });
    return context.show(found, print);
}

int providerAdd(const CommandContext &context)
{
    const QCommandLineParser &parser = context.parser;
    const auto trust = trustGiven(parser);
    if (!trust)
        return wrongUsage(trust.error().detail);
    const NewProviderView wanted {.kind = context.arguments.first(),
                                  .name = parser.value(u"name"_s),
                                  .label = parser.value(u"label"_s),
                                  .issuer = parser.value(u"issuer"_s),
                                  .clientId = parser.value(u"client-id"_s),
                                  .secret = context.secret,
                                  .scopes = context.allGiven(u"scope"_s),
                                  .callbacks = parser.values(u"callback"_s),
                                  .tenant = parser.value(u"tenant"_s),
                                  .team = parser.value(u"team"_s),
                                  .keyId = parser.value(u"key-id"_s),
                                  .trustEmail = *trust};
    return context.show(context.ask(AddProvider {.provider = wanted}), [](const ProviderView &added) {
        print(added);
        printLine(u"\nRegister the redirect URI at %1 exactly as it stands here, then try: warderd provider test %2"_s.arg(added.label,
                                                                                                                           added.name));
    });
}

int providerEdit(const CommandContext &context)
{
    const QCommandLineParser &parser = context.parser;
    const auto isSet = [&parser](const QString &option) { return parser.isSet(option); };
    const QStringList changing {u"label"_s,      u"client-id"_s,    u"scope"_s,       u"callback"_s, u"team"_s,   u"key-id"_s,
                                u"new-secret"_s, u"secret-stdin"_s, u"trust-email"_s, u"enable"_s,   u"disable"_s};
    if (std::ranges::none_of(changing, isSet))
        return wrongUsage(u"say what to change: --%1"_s.arg(changing.join(u", --"_s)));
    if (isSet(u"enable"_s) && isSet(u"disable"_s))
        return wrongUsage(u"either --enable or --disable"_s);
    const auto trust = trustGiven(parser);
    if (!trust)
        return wrongUsage(trust.error().detail);
    ProviderEditView edit {.label = context.given(u"label"_s),
                           .clientId = context.given(u"client-id"_s),
                           .scopes = context.allGiven(u"scope"_s),
                           .callbacks = context.allGiven(u"callback"_s),
                           .team = context.given(u"team"_s),
                           .keyId = context.given(u"key-id"_s),
                           .trustEmail = *trust};
    if (isSet(u"new-secret"_s) || isSet(u"secret-stdin"_s))
        edit.secret = context.secret;
    if (isSet(u"enable"_s) || isSet(u"disable"_s))
        edit.enabled = isSet(u"enable"_s);
    return context.show(context.ask(EditProvider {.provider = context.arguments.first(), .edit = edit}), print);
}

int providerTest(const CommandContext &context)
{
    const auto steps = context.ask(CheckProvider {.provider = context.arguments.first()});
    const int shown = context.show(steps, [](const QList<ProviderCheckView> &all) {
        QList<QStringList> rows;
        for (const ProviderCheckView &step : all)
            rows += QStringList {step.subject, nameOf(step.outcome), step.sentence};
        printTable({u"STEP"_s, u"RESULT"_s, u"FOUND"_s}, rows, u"Nothing can be tested."_s);
    });
    const bool isBad = steps && std::ranges::contains(*steps, ProviderCheckOutcome::Bad, &ProviderCheckView::outcome);
    return shown == Done && isBad ? Refused : shown;
}

int providerRemove(const CommandContext &context)
{
    const QString name = context.arguments.first();
    const auto removal = context.ask(ReadProviderRemoval {.provider = name});
    if (!removal)
        return fail(removal.error());
    if (!context.isConfirmed(questionOf(name, *removal)))
        return Refused;
    return context.show(context.ask(RemoveProvider {.provider = name}), [&name](const ProviderRemovalView &gone) {
        printLine(u"%1 is removed, and %2 with it."_s.arg(name, identitiesOf(gone.identities)));
    });
}

} // namespace warder

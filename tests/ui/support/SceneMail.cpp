#include "tests/ui/support/Scene.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder::test {

void Scene::fillMails()
{
    struct Line
    {
        QString kind;
        QString to;
        MailState state;
        int attempts;
        Seconds age;
        QString line;
    };
    const QString busy = u"421 4.7.0 Try again later, closing connection"_s;
    const QString ok = u"250 2.0.0 Ok: queued as 4FzQ"_s;
    const QList<Line> lines {{u"forgot_password"_s, u"katherine@example.com"_s, MailState::Queued, 0, 2s, {}},
                             {u"verify_email"_s, u"radia.perlman@example.com"_s, MailState::Sending, 1, 3s, {}},
                             {u"reset_password"_s, u"ada.lovelace@example.com"_s, MailState::Queued, 3, 190s, busy},
                             {u"invitation"_s, u"hedy.lamarr2@example.com"_s, MailState::Failed, 1, 26h, u"550 5.1.1 No such user here"_s},
                             {u"new_device"_s, u"grace.hopper@example.com"_s, MailState::Sent, 1, 27h, ok},
                             {u"sign_in_link"_s, u"alan.turing@example.com"_s, MailState::Dropped, 8, 28h, u"its link is over"_s},
                             {u"password_changed"_s, u"tony.hoare@example.com"_s, MailState::Queued, 1, 29h, busy}};
    for (int i = 0; i < 40; ++i) {
        const Line line = i < lines.size()
                              ? lines[i]
                              : Line {u"identity_linked"_s, u"donald.knuth%1@example.com"_s.arg(i), MailState::Sent, 1, 30h + 1h * i, ok};
        const TimePoint written = clock.now() - line.age;
        const bool waits = line.state == MailState::Queued || line.state == MailState::Sending;
        const bool mayChange = line.state == MailState::Queued || line.state == MailState::Failed;
        console.mailRows += MailView {.id = Id::create(written),
                                      .kind = line.kind,
                                      .isRequest = line.kind == "forgot_password"_L1,
                                      .recipient = line.to,
                                      .user = {},
                                      .language = i % 3 == 0 ? u"de"_s : QString(),
                                      .state = line.state,
                                      .attempts = line.attempts,
                                      .createdAt = written,
                                      .dueAt = waits ? std::optional(clock.now() + 40s * line.attempts) : std::nullopt,
                                      .endedAt = waits ? std::nullopt : std::optional(written + 4s),
                                      .useBy = written + 72h,
                                      .lastLine = line.line,
                                      .mayRetry = mayChange,
                                      .mayDrop = mayChange};
    }
    console.mailNow = {.transport = u"smtp"_s,
                       .place = u"the mail server smtp.example.com:587"_s,
                       .from = u"no-reply@example.com"_s,
                       .whyNot = {},
                       .warnings = {},
                       .templateFaults = {},
                       .templateFolder = u"/data/mail-templates"_s,
                       .kinds = {u"verify_email"_s, u"reset_password"_s, u"sign_in_link"_s, u"invitation"_s, u"test"_s},
                       .languages = {u"en"_s, u"de"_s, u"pt-BR"_s, u"zh-CN"_s},
                       .language = u"en"_s,
                       .sentLastHour = 12,
                       .mostAnHour = 500};
    console.mailPreview = {
        .subject = u"Reset your password"_s,
        .text = u"Hello Ada,\n\nhttps://app.example.com/reset-password?token=abc\n\nThe link is good for one hour.\n-- \nExample"_s,
        .html = u"<html><body style=\"background:#f4f4f5\"><h2>Reset your password</h2><p>Hello <b>Ada</b>,</p><p><a "
                "href=\"https://app.example.com/reset-password?token=abc\">Set a new password</a></p><p>The link is good for "
                "one hour.</p></body></html>"_s};
}

void Scene::fillProviders()
{
    const auto provider = [this](const QString &kind, const QString &label, const QString &issuer, qint64 identities, qint64 signIns) {
        return ProviderView {.name = kind,
                             .kind = kind,
                             .label = label,
                             .issuer = issuer,
                             .clientId = u"7103-%1.apps.example"_s.arg(kind),
                             .scopes = {u"openid"_s, u"email"_s, u"profile"_s},
                             .callbacks = {u"https://app.example.com/api/auth/oauth/%1/callback"_s.arg(kind)},
                             .tenant = {},
                             .team = {},
                             .keyId = {},
                             .trustEmail = true,
                             .createdAt = clock.now() - 24h * 61,
                             .updatedAt = clock.now() - 24h * 3,
                             .identities = identities,
                             .signIns = signIns,
                             .lastSignInAt = signIns > 0 ? std::optional(clock.now() - 1min * identities) : std::nullopt};
    };
    console.providerRows = {provider(u"apple"_s, u"Apple"_s, u"https://appleid.apple.com"_s, 41, 120),
                            provider(u"oidc"_s, u"Example Company"_s, u"https://login.example.com/realms/staff"_s, 17, 903),
                            provider(u"discord"_s, u"Discord"_s, u"https://discord.com"_s, 0, 0),
                            provider(u"github"_s, u"GitHub"_s, u"https://github.com"_s, 212, 1804),
                            provider(u"google"_s, u"Google"_s, u"https://accounts.google.com"_s, 1290, 8115)};
    console.providerRows[0].team = u"A1B2C3D4E5"_s;
    console.providerRows[0].keyId = u"F6G7H8J9K0"_s;
    console.providerRows[1].name = u"company"_s;
    console.providerRows[2].enabled = false;
    console.removal = {.identities = 1290, .onlyWayIn = 214};
    using enum ProviderCheckOutcome;
    console.providerSteps = {
        {u"Discovery document"_s, Good, u"read from login.example.com, of the issuer “https://login.example.com/realms/staff”"_s},
        {u"Keys"_s, Good, u"there are keys for RS256, ES256"_s},
        {u"Scopes"_s, Doubtful, u"it does not list “profile”: it may refuse the question, or tell no address"_s},
        {u"Client"_s, Good, u"it knows the client: a made-up code was refused, and not the client"_s}};
}

QList<IdentityView> Scene::bothIdentities() const
{
    const TimePoint now = clock.now();
    return {{.id = Id::create(now),
             .provider = u"google"_s,
             .label = u"Google"_s,
             .issuer = u"https://accounts.google.com"_s,
             .subject = u"110169484474386276334"_s,
             .email = u"ada@gmail.example"_s,
             .emailVerified = true,
             .createdAt = now - 24h * 12,
             .lastUsedAt = now - 3h},
            {.id = Id::create(now),
             .provider = u"company"_s,
             .label = u"Example Company"_s,
             .issuer = u"https://login.example.com/realms/staff"_s,
             .subject = u"4711"_s,
             .email = {},
             .usable = false,
             .createdAt = now - 24h * 60,
             .lastUsedAt = now - 24h * 60}};
}

} // namespace warder::test

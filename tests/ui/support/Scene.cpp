#include "tests/ui/support/Scene.h"

#include "core/base/Id.h"

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder::test {

namespace {

const QStringList names {u"Ada Lovelace"_s,    u"Grace Hopper"_s,   u"Alan Turing"_s,  u"Katherine Johnson"_s,
                         u"Edsger Dijkstra"_s, u"Barbara Liskov"_s, u"Donald Knuth"_s, u"Hedy Lamarr"_s,
                         u"Konrad Zuse"_s,     u"Radia Perlman"_s,  u"Tony Hoare"_s,   u"Margaret Hamilton"_s};
const QStringList devices {u"Firefox, Linux"_s, u"Chrome, Windows"_s, u"Safari, macOS"_s,
                           u"Safari, iPhone"_s, u"Chrome, Android"_s, u"curl"_s};

QString emailOf(int i)
{
    const QString name = names[i % names.size()].toLower().replace(u' ', u'.');
    return i < names.size() ? name + u"@example.com"_s : u"%1%2@example.com"_s.arg(name).arg(i / names.size());
}

} // namespace

Scene::Scene()
{
    console.overviewNow.server = {.state = ServerState::Running,
                                  .url = u"http://127.0.0.1:8000"_s,
                                  .configured = {u"http://127.0.0.1:8000"_s},
                                  .runningFor = 52h,
                                  .problem = {},
                                  .version = u"0.1.0"_s,
                                  .dataDirectory = u"/home/ada/.local/share/warder"_s,
                                  .startedAt = clock.now() - 52h,
                                  .connections = 0};
    const auto setting = [](const QString &key, const QString &value) {
        return SettingView {.key = key, .value = value, .defaultValue = value, .sourceName = {}, .text = {}};
    };
    console.settingRows = {setting(u"http.allowed_origins"_s, u"http://localhost:3000,http://127.0.0.1:3000"_s),
                           setting(u"http.cookies_insecure"_s, u"false"_s)};
}

SessionView Scene::session(int secondsAgo, const QString &email) const
{
    const TimePoint opened = clock.now() - Seconds {secondsAgo};
    const int who = secondsAgo % 60;
    return {.id = Id::create(opened),
            .userId = {},
            .email = email.isEmpty() ? emailOf(who) : email,
            .device = devices[secondsAgo % devices.size()],
            .userAgent = u"Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"_s,
            .address = u"203.0.113.%1"_s.arg(secondsAgo % 250),
            .method = u"password"_s,
            .openedAt = opened,
            .lastSeenAt = clock.now() - Seconds {secondsAgo % 900},
            .expiresAt = opened + 14 * 24h,
            .generation = secondsAgo / 900,
            .graceHits = secondsAgo % 7 == 0 ? 3 : 0,
            .endedAt = {},
            .endReason = {}};
}

Alarm Scene::alarm(AlarmType type, const QString &email, const QString &address) const
{
    Alarm alarm {};
    alarm.at = clock.now();
    alarm.type = type;
    alarm.email = email;
    alarm.address = address;
    return alarm;
}

void Scene::fillTraffic()
{
    console.trafficNow.clear();
    console.history.clear();
    for (int second = 0; second < 600; ++second) {
        const double wave = 14 + 6 * std::sin(second / 70.0) + 3 * std::sin(second / 13.0) + (second * 7919 % 5);
        const bool storm = second > 380 && second < 450;
        TrafficView view {.from = clock.now() - Seconds {600 - second},
                          .ok = qint64(wave),
                          .refused = second % 3 == 0 ? 2 : 0,
                          .limited = storm ? 4 + second % 4 : 0,
                          .failed = second == 200 ? 3 : 0,
                          .signIns = second % 17 == 0 ? 1 : 0,
                          .failedSignIns = (second % 61 == 0 ? 1 : 0) + (storm && second % 4 == 0 ? 1 : 0),
                          .p50 = 1.2,
                          .p99 = 6};
        console.trafficNow += view;
        console.history += {.from = view.from, .allowed = view.ok / 3, .denied = view.limited};
    }
}

void Scene::fill()
{
    for (int i = 0; i < 240; ++i) {
        console.sessionRows += session(4 + i * i / 2 + i * 13);
        console.sessionRows.last().userId = Id::create(clock.now());
    }
    for (int i = 0; i < 260; ++i)
        console.userRows += UserView {.id = Id::create(clock.now()),
                                      .email = emailOf(i),
                                      .name = names[i % names.size()],
                                      .roles = i % 9 == 0 ? QStringList {u"admin"_s, u"editor"_s} : QStringList {u"user"_s},
                                      .disabled = i % 11 == 4,
                                      .emailVerified = i % 3 != 0,
                                      .createdAt = clock.now() - 24h * (i + 3),
                                      .lastSignInAt = i % 8 == 7 ? std::nullopt : std::optional(clock.now() - 7min * i * i),
                                      .passwordScheme = i % 5 == 2 ? u"bcrypt"_s : u"argon2id"_s};
    std::ranges::sort(console.userRows, {}, &UserView::email);
    console.rules = {
        {u"login_per_address"_s, u"POST /login"_s, RateKey::Address, 10, 60s, 10, true, 4211, 318, {0, 0, 0, 2, 5, 24, 131, 120, 31, 5}},
        {u"login_per_account"_s, u"POST /login"_s, RateKey::AddressAndAccount, 5, 60s, 5, true, 4180, 31, {0, 0, 0, 0, 0, 9, 17, 5, 0, 0}},
        {u"register_per_address"_s, u"POST /register"_s, RateKey::Address, 5, 3600s, 5, true, 12, 0, QList<qint64>(10, 0)},
        {u"refresh_per_session"_s, u"POST /refresh"_s, RateKey::Session, 30, 60s, 30, true, 9120, 2, {0, 2, 0, 0, 0, 0, 0, 0, 0, 0}},
        {u"everything"_s, u"*"_s, RateKey::Address, 600, 60s, 200, false, 0, 0, {}}};
    console.limited = {{u"login_per_address"_s, u"198.51.100.23"_s, clock.now() - 190s, clock.now() + 247s, 214},
                       {u"login_per_account"_s, u"198.51.100.23 · grace.hopper@example.com"_s, clock.now() - 95s, clock.now() + 52s, 31},
                       {u"login_per_address"_s, u"2001:db8:4f::/64"_s, clock.now() - 12s, clock.now() + 8s, 4}};
    console.keyRows = {{.kid = u"Zk9Qw3sT1vLr2YxB"_s,
                        .purpose = KeyPurpose::Access,
                        .algorithm = u"ES256"_s,
                        .state = KeyState::Current,
                        .createdAt = clock.now() - 9 * 24h,
                        .activatedAt = clock.now() - 9min,
                        .rotatesAt = clock.now() + 90 * 24h - 9min,
                        .sessions = 38,
                        .displacedTo = KeyState::Retiring},
                       {.kid = u"pJ4dM8uKe0HcNa7f"_s,
                        .purpose = KeyPurpose::Access,
                        .algorithm = u"ES256"_s,
                        .state = KeyState::Retiring,
                        .createdAt = clock.now() - 40 * 24h,
                        .activatedAt = clock.now() - 31min,
                        .retiredAt = clock.now() - 9min,
                        .verifyUntil = clock.now() + 7min,
                        .sessions = 12},
                       {.kid = u"mN3fLs7tQa5KxC9w"_s,
                        .purpose = KeyPurpose::Access,
                        .algorithm = u"ES256"_s,
                        .state = KeyState::Standby,
                        .createdAt = clock.now() - 9min},
                       {.kid = u"tR6yWb5iXo1GqVz2"_s,
                        .purpose = KeyPurpose::Refresh,
                        .algorithm = u"HS256"_s,
                        .state = KeyState::Current,
                        .createdAt = clock.now() - 40 * 24h,
                        .activatedAt = clock.now() - 31min,
                        .rotatesAt = clock.now() + 90 * 24h - 31min,
                        .sessions = 1284,
                        .displacedTo = KeyState::Retiring},
                       {.kid = u"hC2wQe8zUo4PnTj6"_s,
                        .purpose = KeyPurpose::Csrf,
                        .algorithm = u"HS256"_s,
                        .state = KeyState::Current,
                        .createdAt = clock.now() - 40 * 24h,
                        .activatedAt = clock.now() - 40 * 24h,
                        .rotatesAt = clock.now() + 50 * 24h,
                        .sessions = 1190,
                        .displacedTo = KeyState::Retiring}};
    for (KeyView &key : console.keyRows)
        key.moves = FakeConsole::movesIn(key.state);
    const QStringList kids {u"Zk9Qw3sT1vLr2YxB"_s, u"pJ4dM8uKe0HcNa7f"_s, u"mN3fLs7tQa5KxC9w"_s};
    console.consumers = {{.address = u"10.4.0.17"_s, .userAgent = u"jose/6.1.0"_s, .fetchedAt = clock.now() - 41s, .kids = kids},
                         {.address = u"10.4.0.9"_s,
                          .userAgent = u"Envoy/1.33 (jwt_authn)"_s,
                          .fetchedAt = clock.now() - 25min,
                          .kids = kids.first(2),
                          .isCurrent = false},
                         {.address = u"2001:db8:4f::12"_s, .userAgent = {}, .fetchedAt = clock.now() - 3min, .kids = kids}};
    fillTraffic();
    auto &now = console.overviewNow;
    now.server.connections = 38;
    now.counts = {.liveSessions = 1284, .users = 20417, .signInsToday = 3902, .failedSignInsToday = 417};
    now.limitedNow = 3;
    now.signingKeySince = clock.now() - 9 * 24h;
    now.requestsPerSecond = 21.4;
}

} // namespace warder::test

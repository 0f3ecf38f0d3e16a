#include "tests/ui/support/Scene.h"

#include "core/base/Id.h"
#include "ui/support/ChartRange.h"

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

constexpr int invited = 31; ///< Hedy Lamarr, of the third dozen: she has never been there.

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

/// A wave of so many a second, in which something goes wrong between two thirds and three quarters of the time.
static TrafficView trafficOf(TimePoint from, Seconds step, int i, int count)
{
    const double share = double(i) / count;
    const double wave = 14 + 6 * std::sin(share * 9) + 3 * std::sin(share * 46) + (i * 7919 % 5);
    const bool isStorm = share > 0.64 && share < 0.75;
    const double seconds = double(step.count());
    return {.from = from,
            .ok = qint64(wave * seconds),
            .refused = qint64(0.7 * seconds),
            .limited = isStorm ? qint64((4 + i % 4) * seconds) : 0,
            .failed = i == count / 3 ? qint64(3 * seconds) : 0,
            .signIns = qint64(seconds / 17) + (i % 3 == 0 ? 1 : 0),
            .failedSignIns = (i % 12 == 0 ? 1 : 0) + (isStorm ? qint64(seconds / 4) : 0),
            .p50 = 1.2 + 0.3 * std::sin(share * 20),
            .p99 = isStorm ? 41 : 6 + std::sin(share * 33)};
}

void Scene::fillTraffic()
{
    for (const ChartRange range : ChartRanges::all) {
        const Seconds step = ChartRanges::stepOf(range);
        const int count = int(ChartRanges::spanOf(range) / step);
        const auto last = TimePoint {step * (std::chrono::floor<Seconds>(clock.now()).time_since_epoch() / step)};
        QList<TrafficView> &views = console.traffic[ChartRanges::spanOf(range).count()];
        views.clear();
        for (int i = 0; i < count; ++i)
            views += trafficOf(last - step * (count - 1 - i), step, i, count);
    }
    console.history.clear();
    for (int second = 0; second < 600; ++second) {
        const TrafficView view = trafficOf(clock.now() - Seconds {599 - second}, 1s, second, 600);
        console.history += {.from = view.from, .allowed = view.ok / 3, .denied = view.limited};
    }
    fillTrends();
}

void Scene::fillTrends()
{
    console.trends.clear();
    for (int halfHour = 0; halfHour < 96; ++halfHour) {
        const qint64 wave = qint64(20'000 + 9'000 * std::sin(halfHour / 48.0 * 6.2832) + (halfHour < 48 ? 0 : 2'000));
        console.trends += TrendView {.from = clock.now() - 30min * (96 - halfHour),
                                     .requests = wave,
                                     .signIns = wave / 240,
                                     .limited = halfHour == 90 ? 812 : 3,
                                     .tokens = wave / 40,
                                     .sessions = 1180 + halfHour + wave / 900,
                                     .users = 20'300 + halfHour};
    }
}

FactorsView Scene::everyFactor() const
{
    const auto factor = [this](const QString &name, int daysOld, std::optional<Seconds> unused, bool synced = false) {
        const TimePoint now = clock.now();
        return FactorView {.id = Id::create(now),
                           .name = name,
                           .createdAt = now - 24h * daysOld,
                           .lastUsedAt = unused ? std::optional(now - *unused) : std::nullopt,
                           .synced = synced};
    };
    return {.enabled = true,
            .totp = {factor(u"Pixel 9"_s, 41, 3h), factor(u"Tablet"_s, 40, {})},
            .passkeys = {factor(u"MacBook"_s, 12, 20min, true), factor(u"YubiKey 5C"_s, 12, 5 * 24h), factor({}, 3, {}, true)},
            .recoveryCodesLeft = 8,
            .trustedDevices = 2};
}

void Scene::giveFactors(int place, const FactorsView &factors)
{
    UserView &user = console.userRows[place];
    user.secondFactor = factors.enabled;
    console.factors[user.id] = factors;
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
                                      .passwordScheme = i == invited ? QString()
                                                        : i % 5 == 2 ? u"bcrypt"_s
                                                                     : u"argon2id"_s,
                                      .secondFactor = i % 9 == 0 && i != 36 && i != 45,
                                      .invitedAt = i == invited ? std::optional(clock.now() - 26h) : std::nullopt};
    std::ranges::sort(console.userRows, {}, &UserView::email);
    for (int place = 0; place < console.userRows.size(); ++place) {
        const UserView &user = console.userRows[place];
        if (!user.invitedAt && (user.secondFactor || (place % 5 <= 2 && !user.roles.contains(u"admin"_s))))
            giveFactors(place, everyFactor());
    }
    fillLimits();
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
    fillMails();
    fillProviders();
    fillActivity();
    fillRefusals();
    fillAlarms();
    auto &now = console.overviewNow;
    now.server.connections = 38;
    now.counts = {.liveSessions = 1284, .users = 20417, .signInsToday = 3902, .failedSignInsToday = 417, .bareAdmins = 2};
    now.limitedNow = 3;
    now.signingKeySince = clock.now() - 9 * 24h;
    now.requestsPerSecond = 21.4;
    now.p99 = 6.8;
}

} // namespace warder::test

#include "core/alarms/AlarmStore.h"
#include "core/console/Json.h"
#include "core/console/orders/All.h"
#include "core/console/orders/Backups.h"
#include "core/console/orders/Hashing.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Keys.h"
#include "core/console/orders/Limits.h"
#include "core/console/orders/Mail.h"
#include "core/console/wire/ConsoleSocket.h"
#include "core/console/wire/Hello.h"
#include "core/console/wire/RemoteConsole.h"
#include "core/mail/OutboxStore.h"
#include "core/ratelimit/Limits.h"
#include "core/storage/Database.h"
#include "core/telemetry/RecentRefusals.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/ConsoleWorld.h"

#include <QFile>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QSignalSpy>

#include <memory>
#include <set>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The façade through the local socket: the same words as in the server's own process.
class TestRemoteConsole : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void cleanupTestCase() { endAll(); }

    void questions_areAnsweredAsInTheServer_data();
    void questions_areAnsweredAsInTheServer();
    void orders_areCarriedOut_data();
    void orders_areCarriedOut();
    void everyOrder_isTested();
    void refusals_crossWithTheirFaults();
    void refusal_crossesWhole();
    void refusalNobodyKnows_isSaidByItsPath_data();
    void refusalNobodyKnows_isSaidByItsPath();
    void unreadableOrder_isRefused();
    void orderThatIsTooLong_isRefusedAlone();
    void refusalOfNobodyKnowsWhat_isOfAllThatWait();
    void endlessAnswer_isCutOff();
    void troubleOfTheDatabase_crosses();
    void socket_isForItsOwnerOnly();
    void manyQuestions_findTheirAnswers();
    void longWork_tellsHowFarItIs();
    void serverGone_isSaidAtOnce();
    void noServer_isSaid();
    void attached_comesBackWithItsServer();
    void socketWithoutAServer_isNotBelieved();
    void otherServers_areRefusedByName_data();
    void otherServers_areRefusedByName();

private:
    static bool onlyAsks();
    void endAll();
    QString path() const { return m_w->folder.filePath(u"console.sock"_s); }
    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<ConsoleSocket> m_socket;
    std::unique_ptr<RemoteConsole> m_remote;
};

namespace {

using Question = std::function<QJsonValue(Console &)>;
using Order = std::function<bool(Console &, ConsoleWorld &)>;

template <typename T>
QJsonValue asJson(const Answer<T> &answer)
{
    const auto result = got(answer);
    return result ? toJson(*result) : QJsonValue(toJson(result.error()));
}

const std::map<std::string, Question> &questions()
{
    static const std::map<std::string, Question> all {
        {"server.overview", [](Console &c) { return asJson(c.ask(ReadOverview {})); }},
        {"server.traffic", [](Console &c) { return asJson(c.ask(ReadTraffic {.window = Seconds {60}})); }},
        {"server.trends", [](Console &c) { return asJson(c.ask(ReadTrends {})); }},
        {"changes.since", [](Console &c) { return asJson(c.ask(ChangesSince {.position = 1})); }},
        {"sessions.list",
         [](Console &c) { return asJson(c.ask(ListSessions {.filter = {.text = u"ann"_s, .user = {}, .ended = true}, .limit = 5})); }},
        {"sessions.count",
         [](Console &c) { return asJson(c.ask(CountSessions {.filter = {.text = u"ann"_s, .user = {}, .ended = false}})); }},
        {"sessions.countEach",
         [](Console &c) {
             const SessionFilter filter {.device = u"curl"_s, .since = u"2h"_s};
             return asJson(c.ask(CountSessionsEach {.each = {CountSessions {}, CountSessions {.filter = filter}}}));
         }},
        {"sessions.refreshes",
         [](Console &c) { return asJson(c.ask(FindRefreshes {.session = got(c.ask(ListSessions {.limit = 1}))->rows.first().id})); }},
        {"users.count", [](Console &c) { return asJson(c.ask(CountUsers {.text = u"ann"_s})); }},
        {"users.countEach",
         [](Console &c) { return asJson(c.ask(CountUsersEach {.each = {CountUsers {}, CountUsers {.text = u"ann"_s}}})); }},
        {"users.list", [](Console &c) { return asJson(c.ask(ListUsers {.text = u"ann"_s, .limit = 5})); }},
        {"users.find", [](Console &c) { return asJson(c.ask(FindUser {.user = u"bob@example.com"_s})); }},
        {"factors.find",
         [](Console &c) { return asJson(c.ask(FindFactors {.user = got(c.ask(FindUser {.user = u"ann@example.com"_s}))->id})); }},
        {"passwords.hashing", [](Console &c) { return asJson(c.ask(ReadHashing {})); }},
        {"limits.rules", [](Console &c) { return asJson(c.ask(ListRules {})); }},
        {"limits.selectors", [](Console &c) { return asJson(c.ask(ListSelectors {})); }},
        {"limits.what_if",
         [](Console &c) {
             return asJson(c.ask(TryRule {.wish = {.name = u"login_per_account"_s, .amount = 3, .period = Seconds {60}, .burst = 3}}));
         }},
        {"limits.history", [](Console &c) { return asJson(c.ask(ReadLimitHistory {.window = Seconds {60}})); }},
        {"limits.denials", [](Console &c) { return asJson(c.ask(ReadDenials {.window = Seconds {600}})); }},
        {"limits.held_back", [](Console &c) { return asJson(c.ask(ListHeldBack {.who = u"Ann@Example.com"_s})); }},
        {"limits.busy", [](Console &c) { return asJson(c.ask(ListBusyKeys {.rule = u"login_per_account"_s})); }},
        {"limits.networks", [](Console &c) { return asJson(c.ask(ListNetworks {})); }},
        {"master_key.read", [](Console &c) { return asJson(c.ask(ReadMasterKey {})); }},
        {"master_key.export", [](Console &c) { return asJson(c.ask(ExportMasterKey {})); }},
        {"master_key.move", [](Console &c) { return asJson(c.ask(MoveMasterKey {.to = MasterKeySource::Credential})); }},
        {"keys.list", [](Console &c) { return asJson(c.ask(ListKeys {})); }},
        {"keys.consumers", [](Console &c) { return asJson(c.ask(ListKeyConsumers {})); }},
        {"passkeys.hosts", [](Console &c) { return asJson(c.ask(ListPasskeyHosts {})); }},
        {"providers.presets", [](Console &c) { return asJson(c.ask(ListProviderPresets {})); }},
        {"providers.list", [](Console &c) { return asJson(c.ask(ListProviders {})); }},
        {"providers.check", [](Console &c) { return asJson(c.ask(CheckProvider {.provider = u"example"_s})); }},
        {"providers.removal", [](Console &c) { return asJson(c.ask(ReadProviderRemoval {.provider = u"example"_s})); }},
        {"identities.find",
         [](Console &c) { return asJson(c.ask(FindIdentities {.user = got(c.ask(FindUser {.user = u"ann@example.com"_s}))->id})); }},
        {"mail.read", [](Console &c) { return asJson(c.ask(ReadMail {})); }},
        {"mail.list", [](Console &c) { return asJson(c.ask(ListMails {.text = u"ann"_s, .state = MailState::Queued, .limit = 5})); }},
        {"mail.find",
         [](Console &c) {
             return asJson(c.ask(FindMail {.mail = got(c.ask(ListMails {.text = u"ann"_s, .limit = 1}))->rows.first().id}));
         }},
        {"mail.preview", [](Console &c) { return asJson(c.ask(PreviewMail {.kind = u"sign_in_link"_s, .language = u"ja"_s})); }},
        {"activity.list", [](Console &c) { return asJson(c.ask(ListActivity {.filter = {.types = {u"user_registered"_s}}, .limit = 5})); }},
        {"activity.count", [](Console &c) { return asJson(c.ask(CountActivity {.filter = {.user = u"ann@example.com"_s}})); }},
        {"activity.countEach", [](Console &c) { return asJson(c.ask(CountActivityEach {.each = {CountActivity {}}})); }},
        {"activity.countSteps",
         [](Console &c) {
             const ActivityFilter filter {.from = fromMilliseconds(0), .until = fromMilliseconds(5000)};
             return asJson(c.ask(CountActivitySteps {.filter = filter, .step = Seconds {2}}));
         }},
        {"activity.read", [](Console &c) { return asJson(c.ask(ReadActivity {.filter = {}, .after = 1, .limit = 5})); }},
        {"activity.check", [](Console &c) { return asJson(c.ask(CheckActivity {})); }},
        {"refusals.why", [](Console &c) { return asJson(c.ask(WhyRefused {.given = u"a.b.c"_s})); }},
        {"refusals.list", [](Console &c) { return asJson(c.ask(ListRefusals {.text = u"LOGIN"_s, .limit = 5})); }},
        {"backups.list", [](Console &c) { return asJson(c.ask(ListBackups {})); }},
        {"alarms.list", [](Console &c) { return asJson(c.ask(ListAlarms {.text = u"disk"_s, .limit = 5})); }},
        {"alarms.count", [](Console &c) { return asJson(c.ask(CountAlarms {.states = {AlarmState::Open}})); }},
        {"alarms.find",
         [](Console &c) { return asJson(c.ask(FindAlarms {.alarms = {got(c.ask(ListAlarms {.limit = 1}))->rows.first().id}})); }},
        {"server.settings", [](Console &c) { return asJson(c.ask(ListSettings {})); }},
        {"server.checkSettings",
         [](Console &c) {
             return asJson(c.ask(CheckSettings {.choices = {{.key = u"http.threads"_s, .value = u"many"_s}, {.key = u"log.level"_s}}}));
         }},
    };
    return all;
}

Id annOf(ConsoleWorld &w) { return w.world.accounts.findByEmail(u"ann@example.com"_s).value()->id; }
OutboxRow mailOf(ConsoleWorld &w) { return OutboxStore::page(w.world.database->reader(), {}, {}, 1)->first(); }
qsizetype liveOf(ConsoleWorld &w, Id user) { return w.sessions.findByUser(user, w.clock.now())->size(); }

/// At a provider that nobody can ask.
void addIdentity(ConsoleWorld &w, Id user)
{
    const NewProvider wanted {.kind = ProviderKind::Oidc,
                              .name = u"example"_s,
                              .issuer = u"http://127.0.0.1:1"_s,
                              .clientId = u"warder"_s,
                              .secret = SecretBytes("hush"_ba),
                              .callbacks = {u"https://app.example/back"_s}};
    QVERIFY(w.world.core->providers.add(wanted, u"test"_s, w.clock.now()));
    QVERIFY(w.world.database->write([&](Transaction &transaction) {
        return Identities::link(transaction, user, wanted.name, {.issuer = wanted.issuer, .subject = u"u1"_s}, u"test"_s, w.clock.now());
    }));
}

ImportedUser importedUser(ConsoleWorld &w)
{
    return {.line = 2,
            .id = Id::create(w.clock.now()),
            .email = u"old@example.com"_s,
            .name = u"Öld"_s,
            .roles = {u"admin"_s},
            .passwordHash = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s,
            .disabled = true,
            .emailVerified = true,
            .createdAt = fromMilliseconds(1'500'000'000'123)};
}

RuleWish wishedRule()
{
    return {.name = u"mine"_s,
            .title = u"Müne \"x\""_s,
            .routes = QStringList {u"login"_s},
            .key = RateKey::Session,
            .amount = 3,
            .period = Seconds {60},
            .burst = 9,
            .action = RateAction::Delay,
            .enabled = false};
}

const std::map<std::string, Order> &orders()
{
    static const std::map<std::string, Order> all {
        {"server.stop",
         [](Console &c, ConsoleWorld &w) { return got(c.ask(StopServer {}))->state == ServerState::Stopped && !w.server.listening; }},
        {"server.pause",
         [](Console &c, ConsoleWorld &w) { return got(c.ask(PauseServer {}))->state == ServerState::Paused && w.server.paused; }},
        {"server.resume",
         [](Console &c, ConsoleWorld &w) {
             w.server.paused = true;
             return got(c.ask(ResumeServer {}))->state == ServerState::Running && !w.server.paused;
         }},
        {"server.restart", [](Console &c, ConsoleWorld &w) { return got(c.ask(RestartServer {})) && w.server.restarted; }},
        {"server.reload",
         [](Console &c, ConsoleWorld &) { return got(c.ask(ReloadServer {})).value() == QStringList {u"tokens.issuer"_s}; }},
        {"server.start",
         [](Console &c, ConsoleWorld &w) {
             w.server.listening = false;
             return got(c.ask(StartServer {}))->state == ServerState::Running && w.server.listening;
         }},
        {"server.usePort",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(UsePort {.port = 8001}))->state == ServerState::Running && w.server.usedPort == 8001;
         }},
        {"server.storeSettings",
         [](Console &c, ConsoleWorld &) {
             return got(c.ask(StoreSettings {.choices = {{.key = u"log.level"_s, .value = u"debug"_s}, {.key = u"http.threads"_s}}}))
                        .value()
                    == QStringList {u"log.level"_s};
         }},
        {"sessions.revoke",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(RevokeSessions {.sessions = {w.sessions.findByUser(annOf(w), w.clock.now())->first().id}})) == 1
                    && liveOf(w, annOf(w)) == 0;
         }},
        {"sessions.revokeShown",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(RevokeShown {.filter = {.text = u"ann@"_s, .user = {}, .ended = false}, .seen = 1})) == 1
                    && liveOf(w, annOf(w)) == 0;
         }},
        {"sessions.endOfUser",
         [](Console &c, ConsoleWorld &w) { return got(c.ask(EndSessionsOf {.user = annOf(w)})) == 1 && liveOf(w, annOf(w)) == 0; }},
        {"users.create",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(CreateUser {.user = {.email = u"new@example.com"_s,
                                                              .name = u"Ñew"_s,
                                                              .password = password,
                                                              .roles = {u"admin"_s, u"x"_s},
                                                              .passwordHash = {}}}));
             return made && w.world.accounts.findById(made->id)->roles.size() == 2 && w.world.login(u"new@example.com"_s).has_value();
         }},
        {"users.invite",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(InviteUser {.user = {.email = u"new@example.com"_s, .name = u"Ñew"_s, .roles = {u"admin"_s}}}));
             return made && made->invitedAt == w.clock.now() && w.world.accounts.findById(made->id)->roles == QStringList {u"admin"_s}
                    && !w.world.login(u"new@example.com"_s);
         }},
        {"users.resendInvitation",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(InviteUser {.user = {.email = u"new@example.com"_s, .name = {}, .roles = {}}}));
             w.clock.advance(Seconds {60});
             const auto again = got(c.ask(ResendInvitation {.user = made->id}));
             return again && again->invitedAt == w.clock.now()
                    && got(c.ask(ResendInvitation {.user = annOf(w)})).error().code == ErrorCode::Conflict;
         }},
        {"users.edit",
         [](Console &c, ConsoleWorld &w) {
             const auto changed = got(c.ask(EditUser {
                 .user = annOf(w),
                 .edit = {.email = u"Änn@example.com"_s, .name = QString(), .addRoles = {u"admin"_s, u"x"_s}, .removeRoles = {u"x"_s}}}));
             return changed && changed->email == u"Änn@example.com"_s && changed->roles == QStringList {u"admin"_s}
                    && w.world.accounts.findById(changed->id)->roles == QStringList {u"admin"_s};
         }},
        {"factors.reset",
         [](Console &c, ConsoleWorld &w) {
             TokenPair pair;
             pair.user = w.world.accounts.findById(annOf(w)).value();
             pair.session = w.sessions.findByUser(annOf(w), w.clock.now())->first();
             setUpTotp(w.world, pair);
             const auto gone = got(c.ask(ResetFactors {.user = annOf(w)}));
             return gone && gone->totp == 1 && gone->recoveryCodes == 10 && !w.world.accounts.findById(annOf(w))->hasSecondFactor;
         }},
        {"imports.add",
         [](Console &c, ConsoleWorld &w) {
             const Id import = Id::create(w.clock.now());
             return got(c.ask(AddToImport {.import = import, .users = {importedUser(w)}})).has_value() && w.world.accounts.count() == 1
                    && got(c.ask(AddToImport {.import = {}, .users = {importedUser(w)}})).error().code == ErrorCode::InvalidInput;
         }},
        {"imports.finish",
         [](Console &c, ConsoleWorld &w) {
             const ImportedUser user = importedUser(w);
             ImportedUser again = user;
             again.line = 3;
             const auto came = [&](Id import, const QList<ImportedUser> &users, const ImportOptions &options) {
                 return got(c.ask(AddToImport {.import = import, .users = users}))
                            ? got(c.ask(FinishImport {.import = import, .options = options}))
                            : Result<UserImport>();
             };
             const Id import = Id::create(w.clock.now());
             const auto refused = came(Id::create(w.clock.now()), {user, again}, {});
             const auto judged = came(Id::create(w.clock.now()), {user}, {.dryRun = true});
             const auto done = came(import, {user}, {.skipExisting = true});
             return refused->added == 0 && refused->faults.size() == 2 && refused->faults[0].line == 3 && judged->added == 1
                    && done->added == 1 && w.world.accounts.findById(user.id)->createdAt == user.createdAt
                    && got(c.ask(FinishImport {.import = import})).error().code == ErrorCode::NotFound;
         }},
        {"passwords.tune", // no question: no two measurements agree
         [](Console &c, ConsoleWorld &) {
             const HashTrialView told {.cost = {.memoryKib = 4711, .iterations = 7, .parallelism = 3},
                                       .time = std::chrono::microseconds {1}};
             const auto step = got(c.ask(TuneHashing {.target = Seconds {2}, .tried = {told}}));
             return step && step->tried.size() == 2 && step->tried.first() == told && step->tried.last().cost.memoryKib == 19456
                    && step->tried.last().time.count() > 0 && step->next && !step->proposed;
         }},
        {"users.setDisabled",
         [](Console &c, ConsoleWorld &w) {
             const auto refused = got(c.ask(SetUserDisabled {.user = annOf(w), .disabled = true, .seen = 99}));
             return refused.error().code == ErrorCode::Conflict
                    && got(c.ask(SetUserDisabled {.user = annOf(w), .disabled = true}))->disabled
                    && w.world.accounts.findById(annOf(w))->disabled;
         }},
        {"users.setPassword",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(SetUserPassword {.user = annOf(w), .password = u"another \"password\""_s})).has_value()
                    && w.world.login(u"ann@example.com"_s, u"another \"password\""_s).has_value();
         }},
        {"users.delete",
         [](Console &c, ConsoleWorld &w) {
             const auto refused = got(c.ask(DeleteUser {.user = annOf(w), .seen = 99}));
             const auto deleted = got(c.ask(DeleteUser {.user = annOf(w)}));
             return refused.error().code == ErrorCode::Conflict && deleted && deleted->goesAt
                    && w.world.accounts.findById(annOf(w))->deletedAt == w.clock.now();
         }},
        {"users.restore",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(DeleteUser {.user = annOf(w)})) && got(c.ask(RestoreUser {.user = annOf(w)}))
                    && !w.world.accounts.findById(annOf(w))->deletedAt;
         }},
        {"users.change",
         [](Console &c, ConsoleWorld &w) {
             const auto changed = got(c.ask(ChangeUsers {
                 .act = AccountAct::AddRole, .role = u"editor"_s, .shown = UserFilter {.text = u"ann@example.com"_s}, .seen = 1}));
             return changed && changed->changed == 1 && changed->users == QList<Id> {annOf(w)}
                    && w.world.accounts.findById(annOf(w))->roles.contains(u"editor"_s);
         }},
        {"users.stopChange",
         [](Console &c, ConsoleWorld &w) {
             const Id work = Id::create(w.clock.now());
             const ChangeUsers order {.act = AccountAct::Disable, .shown = UserFilter(), .seen = 1, .work = work};
             return got(c.ask(StopChange {.work = work})) && got(c.ask(order)) == UsersChanged()
                    && !w.world.accounts.findById(annOf(w))->disabled;
         }},
        {"users.remove",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(RemoveUser {.user = annOf(w)})).has_value()
                    && !w.world.accounts.findByEmail(u"ann@example.com"_s)->has_value();
         }},
        {"mail.retry",
         [](Console &c, ConsoleWorld &w) {
             const Id mail = mailOf(w).id;
             return got(c.ask(RetryMails {.mails = {mail}})) == 1 && mailOf(w).dueAt == w.clock.now();
         }},
        {"mail.drop",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(DropMails {.mails = {mailOf(w).id}})) == 1 && mailOf(w).state == MailState::Dropped;
         }},
        {"mail.test",
         [](Console &c, ConsoleWorld &w) {
             const auto test = got(c.ask(SendTestMail {.to = u"ann@example.com"_s}));
             return test && test->sent && test->line.startsWith(w.folder.path()) && QFile::exists(test->line);
         }},
        {"limits.unblock",
         [](Console &c, ConsoleWorld &w) {
             const auto held = got(c.ask(ListHeldBack {}));
             return got(c.ask(Unblock::of(*held))) == 1 && w.limiter.heldBack(Seconds {0}, w.clock.now()).isEmpty();
         }},
        {"limits.rule_add",
         [](Console &c, ConsoleWorld &w) {
             const auto added = got(c.ask(AddRule {.wish = wishedRule()}));
             const auto stored = w.world.core->limits.find(u"mine"_s);
             return added && stored && !stored->isOwn && stored->rule.title == u"Müne \"x\""_s && stored->rule.key == RateKey::Session
                    && stored->rule.routes == QStringList {u"login"_s} && stored->rule.rate == Rate {3, Seconds {60}, 9}
                    && stored->rule.action == RateAction::Delay && !stored->rule.enabled;
         }},
        {"limits.rule_edit",
         [](Console &c, ConsoleWorld &w) {
             const auto edited = got(c.ask(EditRule {.wish = {.name = u"login_backoff"_s, .amount = 2, .longest = Seconds {77}}}));
             const auto stored = w.world.core->limits.find(u"login_backoff"_s);
             return edited && edited->isEdited && stored->rule.rate.amount == 2 && stored->rule.longest == Seconds {77};
         }},
        {"limits.rule_remove",
         [](Console &c, ConsoleWorld &w) {
             return got(c.ask(AddRule {.wish = wishedRule()})) && got(c.ask(RemoveRule {.rule = u"mine"_s}))
                    && !w.world.core->limits.find(u"mine"_s);
         }},
        {"limits.network_add",
         [](Console &c, ConsoleWorld &w) {
             const TimePoint until = w.clock.now() + Seconds {60};
             const auto added = got(c.ask(
                 AddNetwork {.network = u"2001:db8::/32"_s, .standing = NetworkStanding::Exempt, .reason = u"Öffice"_s, .until = until}));
             const auto stored = w.world.core->limits.networks(w.clock.now());
             return added && stored.size() == 2 && added->until == until && added->standing == NetworkStanding::Exempt
                    && added->reason == u"Öffice"_s && std::ranges::contains(stored, added->id, &NetworkRule::id);
         }},
        {"limits.network_remove",
         [](Console &c, ConsoleWorld &w) {
             const Id id = w.world.core->limits.networks(w.clock.now()).first().id;
             return got(c.ask(RemoveNetwork {.id = id})) && w.world.core->limits.networks(w.clock.now()).isEmpty();
         }},
        {"master_key.rotate",
         [](Console &c, ConsoleWorld &w) {
             const auto rotated = got(c.ask(RotateMasterKey {}));
             return rotated && rotated->version == 2 && w.world.core->sealing.current().version == 2;
         }},
        {"master_key.import",
         [](Console &c, ConsoleWorld &w) {
             const QString path = w.world.core->directory.masterKeyPath();
             const auto exported = got(c.ask(ExportMasterKey {}));
             return exported && QFile::remove(path) && got(c.ask(ImportMasterKey {.text = exported->text})) && QFile::exists(path);
         }},
        {"keys.revoke",
         [](Console &c, ConsoleWorld &w) {
             const QString kid = w.world.keys.ring()->current(KeyPurpose::Access).kid;
             const auto revoked = got(c.ask(RevokeKey {.kid = kid}));
             return revoked && revoked->kid == kid && w.world.keys.ring()->current(KeyPurpose::Access).kid != kid;
         }},
        {"keys.import",
         [](Console &c, ConsoleWorld &w) {
             const auto nonsense = got(c.ask(ImportKey {.key = u"nonsense"_s}));
             return nonsense.error().code == ErrorCode::InvalidInput && w.world.keys.ring()->keys.size() == 4;
         }},
        {"keys.import_former",
         [](Console &c, ConsoleWorld &w) {
             const auto former = got(c.ask(ImportFormerSecret {.secret = QString(64, u'a'), .lasting = Seconds {60}}));
             return former && former->purpose == KeyPurpose::Former && former->verifyUntil == w.clock.now() + Seconds {60};
         }},
        {"keys.restore",
         [](Console &c, ConsoleWorld &w) {
             const QString kid = w.world.keys.ring()->current(KeyPurpose::Access).kid;
             const auto fresh = got(c.ask(RotateKey {.purpose = KeyPurpose::Access}));
             const auto restored = got(c.ask(RestoreKey {.kid = kid}));
             return restored && restored->key.kid == kid && restored->key.state == KeyState::Current
                    && restored->displaced->kid == fresh->kid && restored->displaced->state == KeyState::Standby;
         }},
        {"keys.remove",
         [](Console &c, ConsoleWorld &w) {
             const QString kid = w.world.keys.ring()->standby(KeyPurpose::Access)->kid;
             return got(c.ask(RemoveKey {.kid = kid})).error().code == ErrorCode::Conflict && got(c.ask(RevokeKey {.kid = kid}))
                    && got(c.ask(RemoveKey {.kid = kid}))->kid == kid && !w.world.keys.ring()->find(kid);
         }},
        {"providers.add",
         [](Console &c, ConsoleWorld &w) {
             const auto added = got(c.ask(AddProvider {.provider = {.kind = u"github"_s,
                                                                    .name = u"code"_s,
                                                                    .label = u"Cöde"_s,
                                                                    .clientId = u"id"_s,
                                                                    .secret = u"hush \"x\""_s,
                                                                    .scopes = QStringList {u"read:user"_s},
                                                                    .callbacks = {u"https://app.example/back"_s},
                                                                    .trustEmail = false}}));
             const auto stored = w.world.core->providers.find(u"code"_s).value();
             return added && added->label == u"Cöde"_s && !added->trustEmail && stored && stored->scopes == QStringList {u"read:user"_s}
                    && w.world.core->providers.secretOf(*stored)->view() == "hush \"x\"";
         }},
        {"providers.edit",
         [](Console &c, ConsoleWorld &w) {
             const auto edited = got(c.ask(EditProvider {.provider = u"example"_s, .edit = {.label = u"Other"_s, .enabled = false}}));
             const auto stored = w.world.core->providers.find(u"example"_s).value();
             return edited && !edited->enabled && edited->identities == 1 && stored->label == u"Other"_s && !stored->isEnabled;
         }},
        {"providers.remove",
         [](Console &c, ConsoleWorld &w) {
             const auto gone = got(c.ask(RemoveProvider {.provider = u"example"_s}));
             return gone && gone->identities == 1 && gone->onlyWayIn == 0 && !w.world.core->providers.find(u"example"_s).value();
         }},
        {"identities.remove",
         [](Console &c, ConsoleWorld &w) {
             const auto held = got(c.ask(FindIdentities {.user = annOf(w)}));
             return held && held->size() == 1 && got(c.ask(RemoveIdentity {.user = annOf(w), .identity = held->first().id}))
                    && w.world.core->identities.findByUser(annOf(w))->isEmpty();
         }},
        {"alarms.mark",
         [](Console &c, ConsoleWorld &w) {
             const Id alarm = got(c.ask(ListAlarms {.limit = 1}))->rows.first().id;
             const auto marked = got(c.ask(MarkAlarms {.alarms = {alarm}, .state = AlarmState::Seen}));
             const auto kept = AlarmStore::find(w.world.database->reader(), alarm);
             return marked.value_or(0) == 1 && kept.value()->state == AlarmState::Seen;
         }},
        {"backups.create",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(CreateBackup {}));
             return made && made->users == 1 && made->checkedAt == w.clock.now() && QFile::exists(made->file);
         }},
        {"backups.verify",
         [](Console &c, ConsoleWorld &w) {
             const QString file = w.folder.filePath(u"one.db"_s);
             const auto made = got(c.ask(CreateBackup {.file = file}));
             const auto checked = got(c.ask(VerifyBackup {.file = file}));
             return made && checked && !checked->fault && checked->key == KeyFit::Fits;
         }},
        {"backups.previewRestore",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(CreateBackup {.file = w.folder.filePath(u"one.db"_s)}));
             w.join(u"bob@example.com"_s);
             const auto preview = got(c.ask(PreviewRestore {.file = made->file}));
             return preview && preview->file == made->file && preview->createdAt == made->createdAt && preview->digest.size() == 64
                    && preview->replaces && preview->difference->usersLost.first == QStringList {u"bob@example.com"_s};
         }},
        {"backups.restore",
         [](Console &c, ConsoleWorld &w) {
             const auto made = got(c.ask(CreateBackup {.file = w.folder.filePath(u"one.db"_s)}));
             const auto preview = got(c.ask(PreviewRestore {.file = made->file}));
             return got(c.ask(RestoreBackup {.order = Id::create(w.clock.now()), .seen = *preview})) && w.server.exchanged.has_value();
         }},
        {"backups.undoRestore",
         [](Console &c, ConsoleWorld &w) {
             const QString kept = w.folder.filePath(u"warder.db.before-restore-20200101T000000000Z"_s);
             const bool isThere = QFile(kept).open(QIODevice::WriteOnly);
             const auto all = got(c.ask(ListBackups {}));
             return isThere && all->former == kept && got(c.ask(UndoRestore {.order = Id::create(w.clock.now()), .former = kept}))
                    && w.server.exchanged.has_value();
         }},
        {"keys.rotate",
         [](Console &c, ConsoleWorld &w) {
             const QString seen = w.world.keys.ring()->current(KeyPurpose::Access).kid;
             const auto fresh = got(c.ask(RotateKey {.purpose = KeyPurpose::Access, .kid = seen}));
             return fresh && fresh->kid == w.world.keys.ring()->current(KeyPurpose::Access).kid
                    && got(c.ask(RotateKey {.purpose = KeyPurpose::Access, .kid = seen})).error().code == ErrorCode::Conflict;
         }},
    };
    return all;
}

} // namespace

/// Whether the rows of this function share a console.
bool TestRemoteConsole::onlyAsks() { return QByteArrayView(QTest::currentTestFunction()) == "questions_areAnsweredAsInTheServer"; }

void TestRemoteConsole::init()
{
    if (m_w && onlyAsks())
        return;
    endAll();
    m_w = std::make_unique<ConsoleWorld>();
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(path()));
    m_remote = std::make_unique<RemoteConsole>();
    QVERIFY(m_remote->connectTo(path()));
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QVERIFY(m_w->sessions.refresh(ann.refreshToken, m_w->world.client, m_w->clock.now()));
    addIdentity(*m_w, ann.user.id);
    QVERIFY(m_w->world.database->write([this](Transaction &transaction) {
        const Mail mail {.kind = MailKind::PasswordChanged, .to = u"ann@example.com"_s};
        return m_w->world.core->outbox.queue(transaction, mail, m_w->clock.now());
    }));
    const int login = m_w->limiter.routeNumber({.title = u"POST /login"_s, .group = u"login"_s});
    for (int i = 0; i < 12; ++i)
        m_w->limiter.check({.address = QHostAddress(u"203.0.113.9"_s), .accountKey = u"ann@example.com"_s}, login, m_w->clock.now());
    QVERIFY(m_w->world.core->limits.addNetwork({.network = u"198.51.100.0/24"_s}, u"test"_s, m_w->clock.now()));
    QVERIFY(m_w->world.database->write([this](Transaction &transaction) {
        return AlarmStore::raise(transaction, {.type = AlarmType::Problem, .about = u"disk_full"_s, .at = m_w->clock.now()});
    }));
    m_w->world.core->refusals.add({.id = u"r-1"_s,
                                   .at = m_w->clock.now(),
                                   .method = u"POST"_s,
                                   .route = u"/login"_s,
                                   .status = 401,
                                   .why = u"ß \"x\""_s,
                                   .address = u"203.0.113.9"_s});
    m_w->traffic.record(Outcome::Succeeded, std::chrono::microseconds {1234}, m_w->clock.now());
    QVERIFY(m_w->world.core->trafficHistory.keep(ServerLevels {.sessions = 1, .users = 1}, m_w->clock.now()));
}

void TestRemoteConsole::cleanup()
{
    if (!onlyAsks() || QTest::currentTestFailed())
        endAll();
}

void TestRemoteConsole::endAll()
{
    m_remote.reset();
    m_socket.reset();
    m_w.reset();
}

void TestRemoteConsole::questions_areAnsweredAsInTheServer_data()
{
    QTest::addColumn<Question>("question");
    for (const auto &[name, question] : questions())
        QTest::newRow(name.c_str()) << question;
}

void TestRemoteConsole::questions_areAnsweredAsInTheServer()
{
    QFETCH(Question, question);
    const QJsonValue here = question(m_w->console);
    QVERIFY(!here.isNull() && !here.isUndefined());
    QCOMPARE(question(*m_remote), here);
}

void TestRemoteConsole::orders_areCarriedOut_data()
{
    QTest::addColumn<Order>("order");
    for (const auto &[name, order] : orders())
        QTest::newRow(name.c_str()) << order;
}

void TestRemoteConsole::orders_areCarriedOut()
{
    QFETCH(Order, order);
    QVERIFY(order(*m_remote, *m_w));
}

void TestRemoteConsole::everyOrder_isTested()
{
    const auto names = []<typename... Orders>(const std::tuple<Orders...> &) { return std::set<std::string> {Orders::name.data()...}; };
    std::set<std::string> tested;
    for (const auto &[name, question] : questions())
        tested.insert(name);
    for (const auto &[name, order] : orders())
        tested.insert(name);
    QCOMPARE(tested, names(AllOrders()));
}

void TestRemoteConsole::refusals_crossWithTheirFaults()
{
    const CreateUser order {
        .user = {.email = u"no address"_s, .name = {}, .password = u"short"_s, .roles = {u"a b"_s}, .passwordHash = {}}};
    const auto here = got(m_w->console.ask(order));
    const auto there = got(m_remote->ask(order));
    QVERIFY(!here && !there);
    QCOMPARE(there.error().code, ErrorCode::InvalidInput);
    QCOMPARE(there.error().faults.size(), 3);
    for (qsizetype i = 0; i < there.error().faults.size(); ++i) {
        QVERIFY(!here.error().faults[i].context.isEmpty() && !here.error().faults[i].message.isEmpty());
        QVERIFY2(there.error().faults[i] == here.error().faults[i], qPrintable(there.error().faults[i].message));
    }
    QVERIFY(there.error() == here.error());
    QCOMPARE(got(m_remote->ask(FindUser {.user = u"nobody@example.com"_s})).error().code, ErrorCode::NotFound);
}

void TestRemoteConsole::refusal_crossesWhole()
{
    const Error refusal {.code = ErrorCode::StorageUnavailable,
                         .detail = u"database or disk is full"_s,
                         .faults = {{.type = u"value_error"_s,
                                     .location = {u"body"_s, u"roles"_s, 3},
                                     .message = u"no"_s,
                                     .input = QJsonValue(),
                                     .context = {{u"code"_s, u"roles_malformed"_s}}}},
                         .retryAfter = std::chrono::seconds {7},
                         .text = u"in place of it"_s,
                         .trouble = StorageTrouble::Full,
                         .ended = 400};
    const auto back = fromJson<Error>(toJson(refusal), u"error");
    QVERIFY2(back && *back == refusal, back ? "" : qPrintable(back.error().detail));
    QVERIFY(*fromJson<Error>(toJson(Error {}), u"error") == Error {});
}

void TestRemoteConsole::refusalNobodyKnows_isSaidByItsPath_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("says");
    const QByteArray rest = R"(,"detail":"","faults":[],"retry_after":0,"text":"","trouble":"other")";
    QTest::newRow("none") << "null"_ba << u"error: is not an object"_s;
    QTest::newRow("of another code") << R"({"code":"weather")" + rest + '}' << u"error.code: is no name that is known here"_s;
    QTest::newRow("a member missing") << R"({"code":"busy"})"_ba << u"error.detail: missing"_s;
    QTest::newRow("a member more") << R"({"code":"busy","hint":1)" + rest + '}' << u"error.hint: unknown"_s;
    QTest::newRow("a fault of another time") << R"({"code":"busy","detail":"","faults":[{"type":"missing","field":"x","message":""}],)"
                                                R"("retry_after":0,"text":"","trouble":"other"})"_ba
                                             << u"error.faults[0].field: unknown"_s;
}

void TestRemoteConsole::refusalNobodyKnows_isSaidByItsPath()
{
    QFETCH(QByteArray, error);
    QFETCH(QString, says);
    m_socket.reset();
    QLocalServer server;
    QVERIFY(server.listen(path()));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        server.nextPendingConnection()->write(QJsonDocument(Hello::message()).toJson(QJsonDocument::Compact)
                                              + "\n{\"id\":1,\"error\":" + error + "}\n");
    });
    RemoteConsole remote;
    QVERIFY(remote.connectTo(path()));
    const auto refusal = got(remote.ask(ReadOverview {}));
    QCOMPARE(refusal.error().code, ErrorCode::BadRequest);
    QCOMPARE(refusal.error().detail, says);
}

/// Whoever asked would wait for ever. Half of a character is what a person pastes who has cut a text.
void TestRemoteConsole::unreadableOrder_isRefused()
{
    const auto refusal = got(m_remote->ask(ListUsers {.text = QString(QChar(char16_t(0xd800))), .limit = 5}));
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::BadRequest);
    QVERIFY(got(m_remote->ask(ReadOverview {})));
}

/// Else the server ended the connection, and with it what others wait for.
void TestRemoteConsole::orderThatIsTooLong_isRefusedAlone()
{
    const auto other = m_remote->ask(ReadOverview {});
    const auto refusal = got(m_remote->ask(ImportKey {.key = QString(2 * 1024 * 1024, u'x')}));
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::BodyTooLarge);
    QVERIFY(got(other));
    QVERIFY(got(m_remote->ask(ReadOverview {})));
}

void TestRemoteConsole::refusalOfNobodyKnowsWhat_isOfAllThatWait()
{
    m_socket.reset();
    const QJsonObject refusal {{u"id"_s, QJsonValue()}, {u"error"_s, toJson(Error {.code = ErrorCode::BadRequest, .detail = u"why"_s})}};
    QLocalServer server;
    QVERIFY(server.listen(path()));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        QLocalSocket *client = server.nextPendingConnection();
        for (const QJsonObject &message : {Hello::message(), refusal})
            client->write(QJsonDocument(message).toJson(QJsonDocument::Compact) + '\n');
    });
    RemoteConsole remote;
    QVERIFY(remote.connectTo(path()));
    const auto one = remote.ask(ReadOverview {});
    const auto other = remote.ask(ListKeys {});
    QCOMPARE(got(one).error().code, ErrorCode::ConnectionLost);
    const auto lost = got(other);
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    QVERIFY2(lost.error().detail.contains(u"why"_s), qPrintable(lost.error().detail));
}

/// A server elsewhere may be anybody's by now.
void TestRemoteConsole::endlessAnswer_isCutOff()
{
    m_socket.reset();
    const QByteArray piece(1024 * 1024, 'x');
    qint64 taken = 0;
    QLocalServer server;
    QVERIFY(server.listen(path()));
    connect(&server, &QLocalServer::newConnection, &server, [&] {
        QLocalSocket *client = server.nextPendingConnection();
        client->write(QJsonDocument(Hello::message()).toJson(QJsonDocument::Compact) + '\n' + piece);
        connect(client, &QLocalSocket::bytesWritten, client, [&taken, &piece, client](qint64 count) {
            taken += count;
            if (client->bytesToWrite() == 0)
                client->write(piece);
        });
    });
    RemoteConsole remote;
    QSignalSpy closed(&remote, &RemoteConsole::closed);
    QVERIFY(remote.connectTo(path()));
    const auto refusal = got(remote.ask(ReadOverview {}));
    QCOMPARE(refusal.error().code, ErrorCode::ConnectionLost);
    QVERIFY2(refusal.error().detail.contains(u"more than 16 MiB"_s), qPrintable(refusal.error().detail));
    QCOMPARE(closed.size(), 1);
    QVERIFY2(taken < 2 * RemoteConsole::longestMessage, qPrintable(QString::number(taken)));
}

void TestRemoteConsole::troubleOfTheDatabase_crosses()
{
    QVERIFY(m_w->world.database->write([](DbConnection &connection) { return connection.execute(u"PRAGMA query_only=ON"_s); }));
    const auto refusal = got(m_remote->ask(EndSessionsOf {.user = Id::create({})}));
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::StorageUnavailable);
    QCOMPARE(refusal.error().trouble, StorageTrouble::ReadOnly);
}

void TestRemoteConsole::socket_isForItsOwnerOnly()
{
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestRemoteConsole::manyQuestions_findTheirAnswers()
{
    RemoteConsole second;
    QVERIFY(second.connectTo(path()));
    QList<Answer<UserView>> made;
    QList<Answer<Changes>> quick;
    for (int i = 0; i < 20; ++i) {
        RemoteConsole &client = i % 2 ? *m_remote : second;
        made += client.ask(CreateUser {
            .user = {.email = u"user%1@example.com"_s.arg(i), .name = {}, .password = password, .roles = {}, .passwordHash = {}}});
        quick += client.ask(ChangesSince {.position = quint64(1'000'000 + i)}); // answered before what was asked first
    }
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(got(made[i])->email, u"user%1@example.com"_s.arg(i));
        QVERIFY(got(quick[i])->missedSome);
    }
}

void TestRemoteConsole::longWork_tellsHowFarItIs()
{
    for (int i = 0; i < 4; ++i) {
        const QString email = u"many%1@example.com"_s.arg(i);
        m_w->join(email);
        for (int more = 1; more < 100; ++more)
            QVERIFY(m_w->world.signIn.byPassword({.email = email, .password = password}, m_w->world.client, m_w->clock.now()));
    }
    const int live = int(got(m_w->console.ask(CountSessions {}))->live);
    const auto ending = m_remote->ask(RevokeShown {.filter = {}, .seen = live});
    QList<int> heard;
    QFutureWatcher<Result<int>> watcher;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [&heard](int done) { heard += done; });
    watcher.setFuture(ending);
    QCOMPARE(got(ending), live);
    QVERIFY(heard.contains(200)); // a piece is ended
    QCOMPARE(ending.progressMaximum(), live);
}

void TestRemoteConsole::serverGone_isSaidAtOnce()
{
    const auto waiting = m_remote->ask(
        CreateUser {.user = {.email = u"late@example.com"_s, .name = {}, .password = password, .roles = {}, .passwordHash = {}}});
    m_socket.reset();
    const auto lost = got(waiting);
    QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
    QVERIFY2(lost.error().detail.contains(u"may have been carried out"_s), qPrintable(lost.error().detail));
    QCOMPARE(got(m_remote->ask(ReadOverview {})).error().code, ErrorCode::Busy);
}

void TestRemoteConsole::noServer_isSaid()
{
    RemoteConsole nobody;
    const auto connected = nobody.connectTo(m_w->folder.filePath(u"nothing.sock"_s));
    QCOMPARE(connected.error().code, ErrorCode::Busy);
    QVERIFY(connected.error().detail.contains(u"nothing.sock"_s));
}

/// Before the server is there, over its restart, and again.
void TestRemoteConsole::attached_comesBackWithItsServer()
{
    m_socket.reset();
    RemoteConsole attached;
    attached.attachTo(path());
    const auto answers = [&attached] { return got(attached.ask(ReadOverview {})).has_value(); };
    for (int start = 0; start < 2; ++start) {
        QCOMPARE(got(attached.ask(ReadOverview {})).error().code, ErrorCode::Busy);
        m_socket = std::make_unique<ConsoleSocket>(m_w->console);
        QVERIFY(m_socket->listen(path()));
        QTRY_VERIFY(answers());
        const auto waiting = attached.ask(ListUsers {.limit = 5});
        m_socket.reset();
        QCOMPARE(got(waiting).error().code, ErrorCode::ConnectionLost);
        QTRY_VERIFY(!answers());
    }
}

/// A socket that takes connections for nobody, as ssh's does, carries nothing: nobody is told that it may have been carried out.
void TestRemoteConsole::socketWithoutAServer_isNotBelieved()
{
    m_socket.reset();
    RemoteConsole attached;
    QSignalSpy greeted(&attached, &RemoteConsole::greeted);
    {
        QLocalServer nobody;
        QVERIFY(nobody.listen(path()));
        attached.attachThrough(path());
        QVERIFY(QTest::qWaitFor([&nobody] { return nobody.hasPendingConnections(); }));
        QCOMPARE(got(attached.ask(ReadOverview {})).error().code, ErrorCode::Busy);
        QSignalSpy closed(&attached, &RemoteConsole::closed);
        nobody.nextPendingConnection()->abort();
        QTRY_COMPARE(closed.size(), 1);
    }
    m_socket = std::make_unique<ConsoleSocket>(m_w->console);
    QVERIFY(m_socket->listen(path()));
    attached.connectAgain(); // and does not wait for its turn
    QTRY_COMPARE(greeted.size(), 1);
    QVERIFY(!attached.refusal());
    QVERIFY(got(attached.ask(ReadOverview {})));
    attached.disconnectNow();
    QCOMPARE(got(attached.ask(ReadOverview {})).error().code, ErrorCode::Busy);
}

void TestRemoteConsole::otherServers_areRefusedByName_data()
{
    QTest::addColumn<QByteArray>("firstWords");
    QTest::addColumn<QString>("says");
    QTest::newRow("of a time before there was a hello")
        << R"({"id":null,"error":{"code":"bad_request","detail":"not a message with a known method"}})"_ba
        << u"the server is Warder of an older version \\(console protocol 0\\), .*: update the server and start it anew"_s;
    QTest::newRow("of an older protocol") << R"({"hello":{"protocol":0,"version":"0.3"}})"_ba
                                          << u"the server is Warder 0.3 .*: update the server and start it anew"_s;
    QTest::newRow("of a newer protocol, whose hello has more members")
        << R"({"hello":{"protocol":2,"version":"9.1","languages":["en"]}})"_ba << u"the server is Warder 9.1 .*: update this program"_s;
    QTest::newRow("no Warder") << "220 mail.example.com ESMTP"_ba << u"the server is Warder of an older version .*"_s;
}

void TestRemoteConsole::otherServers_areRefusedByName()
{
    QFETCH(QByteArray, firstWords);
    QFETCH(QString, says);
    m_socket.reset();
    QLocalServer server;
    QVERIFY(server.listen(path()));
    connect(&server, &QLocalServer::newConnection, &server, [&] { server.nextPendingConnection()->write(firstWords + '\n'); });
    RemoteConsole remote;
    QVERIFY(remote.connectTo(path()));
    for (int i = 0; i < 2; ++i) { // asked before the hello came, and after it
        const auto refusal = got(remote.ask(ReadOverview {}));
        QCOMPARE(refusal.error().code, says.contains(u"this program"_s) ? ErrorCode::ProgramOutdated : ErrorCode::ServerOutdated);
        QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(says)).match(refusal.error().detail).hasMatch(),
                 qPrintable(refusal.error().detail));
    }
}

QTEST_GUILESS_MAIN(TestRemoteConsole)
#include "TestRemoteConsole.moc"

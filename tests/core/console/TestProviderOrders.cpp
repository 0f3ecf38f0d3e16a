#include "core/console/Json.h"
#include "core/console/orders/Providers.h"
#include "core/credentials/Identities.h"
#include "core/storage/Database.h"
#include "tests/support/ConsoleWorld.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const NewProviderView gitHub {.kind = u"github"_s, .clientId = u"id"_s, .secret = u"hush"_s, .callbacks = {u"https://app.example/back"_s}};

} // namespace

/// What an admin sees and does about providers.
class TestProviderOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void presets_sayWhatAFormAsks();
    void added_isListedWithCounts();
    void secret_isInNoAnswer();
    void refusals_areSentences_data();
    void refusals_areSentences();
    void identities_areShownWithTheirProvider();
    void removal_saysWhatGoes();
    void strangers_areNotFound();

private:
    ProviderView add(const NewProviderView &wanted = gitHub) { return got(m_w->console.ask(AddProvider {.provider = wanted})).value(); }
    Identity link(Id user)
    {
        return m_w->world.database
            ->write([&](Transaction &transaction) {
                return Identities::link(transaction, user, u"github"_s, {.issuer = u"https://github.com"_s, .subject = u"7"_s}, u"test"_s,
                                        m_w->clock.now());
            })
            .value();
    }
    std::unique_ptr<ConsoleWorld> m_w;
};

void TestProviderOrders::presets_sayWhatAFormAsks()
{
    const auto presets = got(m_w->console.ask(ListProviderPresets {})).value();
    QStringList kinds;
    for (const ProviderPresetView &one : presets)
        kinds += one.kind;
    QCOMPARE(kinds, (QStringList {u"oidc"_s, u"google"_s, u"microsoft"_s, u"apple"_s, u"github"_s, u"gitlab"_s, u"discord"_s}));
    const ProviderPresetView &apple = presets[3];
    QCOMPARE(apple.needs, (QStringList {u"team"_s, u"key_id"_s}));
    QVERIFY(apple.issuerFixed && apple.trustEmail && apple.mayTrustEmail);
    QVERIFY(!presets[2].mayTrustEmail && presets[2].issuer.contains(u"{tenant}"_s));
}

void TestProviderOrders::added_isListedWithCounts()
{
    QVERIFY(got(m_w->console.ask(ListProviders {}))->isEmpty());
    const ProviderView added = add();
    QCOMPARE(added.name, u"github"_s);
    QCOMPARE(added.label, u"GitHub"_s);
    QCOMPARE(added.callbacks, QStringList {u"https://app.example/back"_s});
    QVERIFY(added.enabled && added.trustEmail && added.identities == 0 && added.signIns == 0 && !added.lastSignInAt);
    QCOMPARE(got(m_w->console.ask(ListProviders {})).value(), QList {added});
    link(m_w->join(u"ann@example.com"_s).user.id);
    QCOMPARE(got(m_w->console.ask(ListProviders {}))->first().identities, 1);
    const auto edited = got(m_w->console.ask(EditProvider {.provider = u"github"_s, .edit = {.enabled = false}})).value();
    QVERIFY(!edited.enabled);
    QCOMPARE(edited.identities, 1);
}

void TestProviderOrders::secret_isInNoAnswer()
{
    const ProviderView added = add();
    QVERIFY(!QJsonDocument(toJson(added).toObject()).toJson().contains("hush"));
    QVERIFY(!QJsonDocument(toJson(got(m_w->console.ask(ListProviders {})).value()).toArray()).toJson().contains("hush"));
}

void TestProviderOrders::refusals_areSentences_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("says");
    QTest::newRow("no such kind") << u"facebook"_s << u"hush"_s << u"no kind of provider named facebook"_s;
    QTest::newRow("no secret") << u"github"_s << QString() << u"the client secret is"_s;
    QTest::newRow("no issuer") << u"oidc"_s << u"hush"_s << u"the issuer is"_s;
}

void TestProviderOrders::refusals_areSentences()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, secret);
    QFETCH(const QString, says);
    NewProviderView wanted = gitHub;
    wanted.kind = kind;
    wanted.secret = secret;
    const auto added = got(m_w->console.ask(AddProvider {.provider = wanted}));
    QCOMPARE(added.error().code, ErrorCode::InvalidInput);
    QVERIFY2(added.error().detail.contains(says), qPrintable(added.error().detail));
}

void TestProviderOrders::identities_areShownWithTheirProvider()
{
    add();
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    const Identity linked = link(ann);
    const auto shown = got(m_w->console.ask(FindIdentities {.user = ann})).value();
    QCOMPARE(shown.size(), 1);
    QVERIFY(shown.first().id == linked.id && shown.first().label == "GitHub"_L1 && shown.first().subject == "7"_L1 && shown.first().usable);
    QVERIFY(got(m_w->console.ask(EditProvider {.provider = u"github"_s, .edit = {.enabled = false}})));
    QVERIFY(!got(m_w->console.ask(FindIdentities {.user = ann}))->first().usable);
    QVERIFY(got(m_w->console.ask(RemoveIdentity {.user = ann, .identity = linked.id})));
    QVERIFY(got(m_w->console.ask(FindIdentities {.user = ann}))->isEmpty());
    QCOMPARE(got(m_w->console.ask(RemoveIdentity {.user = ann, .identity = linked.id})).error().code, ErrorCode::NotFound);
}

void TestProviderOrders::removal_saysWhatGoes()
{
    add();
    const Id ann = m_w->join(u"ann@example.com"_s).user.id;
    const Identity linked = link(ann);
    QVERIFY(m_w->world.database->write([&](DbConnection &connection) { return connection.perform(u"DELETE FROM credentials"_s); }));
    const ProviderRemovalView expected {.identities = 1, .onlyWayIn = 1};
    QCOMPARE(got(m_w->console.ask(ReadProviderRemoval {.provider = u"github"_s})).value(), expected);
    QCOMPARE(got(m_w->console.ask(RemoveIdentity {.user = ann, .identity = linked.id})).error().code, ErrorCode::LastSignInMethod);
    QCOMPARE(got(m_w->console.ask(RemoveProvider {.provider = u"github"_s})).value(), expected);
    QVERIFY(got(m_w->console.ask(ListProviders {}))->isEmpty());
}

void TestProviderOrders::strangers_areNotFound()
{
    const QString nobody = u"nobody"_s;
    QCOMPARE(got(m_w->console.ask(EditProvider {.provider = nobody, .edit = {.enabled = true}})).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(CheckProvider {.provider = nobody})).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(ReadProviderRemoval {.provider = nobody})).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(RemoveProvider {.provider = nobody})).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(FindIdentities {.user = Id::create(m_w->clock.now())})).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestProviderOrders)
#include "TestProviderOrders.moc"

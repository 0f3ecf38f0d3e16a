#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/keys/KeyTimeline.h"
#include "ui/keys/KeysPage.h"

#include <QLabel>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the page Keys shows.
class TestKeyLives : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void nextAlgorithm_isSaid();
    void outlook_saysWhatComes_data();
    void outlook_saysWhatComes();
    void consumers_sayWhatTheyLack();
    void consumers_emptyListExplains();
    void timeline_hasABarForEachKey_data();
    void timeline_hasABarForEachKey();
    void clockSetBack_drawsWithinTheEdges_data();
    void clockSetBack_drawsWithinTheEdges();

private:
    const QString accessKid = u"Zk9Qw3sT1vLr2YxB"_s;
    const QString retiringKid = u"pJ4dM8uKe0HcNa7f"_s;
    const QString standbyKid = u"mN3fLs7tQa5KxC9w"_s;

    KeyView &row(const QString &kid) { return *std::ranges::find(m_scene->console.keyRows, kid, &KeyView::kid); }
    static QString cell(KeysPage &page, const QString &kid, int column);
};

QString TestKeyLives::cell(KeysPage &page, const QString &kid, int column)
{
    const auto *model = tableOf(page, u"Key ring"_s)->model();
    const auto found = model->match(model->index(0, 2), Qt::DisplayRole, kid);
    return found.isEmpty() ? QString() : found.first().siblingAtColumn(column).data().toString();
}

void TestKeyLives::nextAlgorithm_isSaid()
{
    const auto said = [](const KeysPage &page) {
        const auto labels = page.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible()
                   && label->text() == u"Access tokens are signed with ES256 until the next rotation, and with EdDSA from then on."_s;
        });
    };
    auto page = openPage<KeysPage>(*m_scene);
    QVERIFY(!said(*page));
    row(accessKid).nextAlgorithm = u"EdDSA"_s;
    page->refresh();
    QVERIFY(settle());
    QVERIFY(said(*page));
    QCOMPARE(cell(*page, accessKid, 5), u"ES256, then EdDSA"_s);
}

void TestKeyLives::outlook_saysWhatComes_data()
{
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<int>("rotates"); // days from now; 0: never
    QTest::addColumn<int>("verifies");
    QTest::addColumn<QString>("outlook");
    QTest::newRow("signs") << KeyState::Current << 90 << 0 << u"rotates in 90 days"_s;
    QTest::newRow("signs, is due") << KeyState::Current << -1 << 0 << u"rotates within minutes"_s;
    QTest::newRow("signs for ever") << KeyState::Current << 0 << 0 << u"rotates by hand only"_s;
    QTest::newRow("verifies") << KeyState::Retiring << 0 << 3 << u"safe in 3 days"_s;
    QTest::newRow("verifies nothing") << KeyState::Retiring << 0 << -3 << u"safe now: nothing is alive"_s;
    QTest::newRow("stands by") << KeyState::Standby << 0 << 0 << u"safe now: signed nothing"_s;
    QTest::newRow("revoked") << KeyState::Revoked << 0 << 3 << u"–"_s;
}

void TestKeyLives::outlook_saysWhatComes()
{
    QFETCH(KeyState, state);
    QFETCH(int, rotates);
    QFETCH(int, verifies);
    const auto in = [this](int days) {
        return days ? std::optional<TimePoint>(m_scene->clock.now() + std::chrono::days {days}) : std::nullopt;
    };
    row(retiringKid).state = state;
    row(retiringKid).rotatesAt = in(rotates);
    row(retiringKid).verifyUntil = in(verifies);
    const auto page = openPage<KeysPage>(*m_scene);
    QTEST(cell(*page, retiringKid, 3), "outlook");
}

void TestKeyLives::consumers_sayWhatTheyLack()
{
    m_scene->console.consumers += {.address = u"10.4.0.11"_s,
                                   .userAgent = u"old"_s,
                                   .fetchedAt = m_scene->clock.now() - 24h,
                                   .kids = {retiringKid},
                                   .isCurrent = false};
    m_scene->console.consumers += {.address = u"10.4.0.12"_s,
                                   .userAgent = u"older"_s,
                                   .fetchedAt = m_scene->clock.now() - 24h,
                                   .kids = {accessKid, standbyKid},
                                   .isCurrent = false};
    const auto page = openPage<KeysPage>(*m_scene);
    const auto *model = tableOf(*page, u"Who has the public keys"_s)->model();
    QTRY_COMPARE(model->rowCount(), 5);
    QStringList has;
    for (int row = 0; row < 5; ++row)
        has += model->index(row, 2).data().toString();
    QCOMPARE(has, QStringList({u"All keys"_s, u"Lacks the key that signs next"_s, u"All keys"_s, u"Lacks the key that signs"_s,
                               u"Lacks an older key"_s}));
    QCOMPARE(model->index(2, 0).data().toString(), u"Gives no name"_s);
    const auto labels = page->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->text() == u"2 consumers lack a key: wait with the next rotation."_s; }));
}

void TestKeyLives::consumers_emptyListExplains()
{
    m_scene->console.consumers.clear();
    const auto page = openPage<KeysPage>(*m_scene);
    QVERIFY(!tableOf(*page, u"Who has the public keys"_s)->isVisible());
    const auto labels = page->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [](const QLabel *label) { return label->isVisible() && label->text().contains(u"/.well-known/jwks.json"_s); }));
}

void TestKeyLives::timeline_hasABarForEachKey_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<int>("bars");
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("five") << 5 << 5;
    QTest::newRow("twelve") << 12 << 6; // three rows a lane; the table has all of them
}

void TestKeyLives::timeline_hasABarForEachKey()
{
    QFETCH(int, keys);
    auto &rows = m_scene->console.keyRows;
    while (rows.size() < keys) {
        rows += row(retiringKid);
        rows.last().kid = u"k-%1"_s.arg(rows.size());
    }
    rows.resize(keys);
    const auto page = openPage<KeysPage>(*m_scene);
    auto *timeline = page->findChild<KeyTimeline *>();
    QSet<QString> found;
    for (int x = 0; x < timeline->width(); x += 2) {
        for (int y = 0; y < timeline->height(); y += 4)
            found += timeline->tipAt(QPointF(x, y));
    }
    found.remove(QString());
    QTEST(int(found.size()), "bars");
    for (const QString &tip : std::as_const(found))
        QVERIFY(timeline->accessibleDescription().contains(tip));
    for (const KeyView &key : std::as_const(rows))
        QVERIFY(timeline->accessibleDescription().contains(key.kid));
}

void TestKeyLives::clockSetBack_drawsWithinTheEdges_data()
{
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<bool>("hasEnd");
    QTest::newRow("signs, until somebody rotates it") << KeyState::Current << false;
    QTest::newRow("signs, and rotates after that") << KeyState::Current << true;
    QTest::newRow("verifies") << KeyState::Retiring << true;
    QTest::newRow("verifies, nobody knows how long") << KeyState::Retiring << false;
    QTest::newRow("revoked") << KeyState::Revoked << false;
    QTest::newRow("stands by") << KeyState::Standby << false;
}

/// It signed first in a year, as this machine's clock has it by now.
void TestKeyLives::clockSetBack_drawsWithinTheEdges()
{
    QFETCH(KeyState, state);
    QFETCH(bool, hasEnd);
    const TimePoint begin = m_scene->clock.now() + std::chrono::days {365};
    KeyView key = row(retiringKid);
    key.state = state;
    key.createdAt = begin;
    key.activatedAt = state == KeyState::Standby ? std::nullopt : std::optional(begin);
    key.retiredAt = state == KeyState::Retiring || state == KeyState::Revoked ? std::optional(begin + 1h) : std::nullopt;
    key.rotatesAt = state == KeyState::Current && hasEnd ? std::optional(begin + 90 * 24h) : std::nullopt;
    key.verifyUntil = state == KeyState::Retiring && hasEnd ? std::optional(begin + 2h) : std::nullopt;
    m_scene->console.keyRows = {key};
    const auto page = openPage<KeysPage>(*m_scene);
    const auto *timeline = page->findChild<KeyTimeline *>();
    bool isInside = false;
    QList<int> outside;
    for (int x = -timeline->width(); x < 12 * timeline->width(); ++x) {
        for (int y = 0; y < timeline->height(); y += 4) {
            if (timeline->tipAt(QPointF(x, y)).isEmpty())
                continue;
            if (x >= 0 && x <= timeline->width())
                isInside = true;
            else
                outside += x;
        }
    }
    QVERIFY(isInside);
    QVERIFY2(outside.isEmpty(), qPrintable(u"from %1, beside 0 to %2"_s.arg(outside.value(0)).arg(timeline->width())));
}

QTEST_MAIN(TestKeyLives)
#include "TestKeyLives.moc"

#include "core/accounts/UserSearch.h"
#include "core/accounts/UserStore.h"
#include "core/base/Text.h"
#include "core/console/TextMatcher.h"
#include "core/storage/Database.h"
#include "core/storage/DbConnection.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;

/// Whatever way a search takes, it finds what TextMatcher finds; and what is rare is found without looking at everybody. Work is counted
/// in steps of SQLite's machine, which do not depend on this one.
class TestUserSearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_database.reset(); }

    void eachWay_findsTheSame_data();
    void eachWay_findsTheSame();
    void pages_showEachOnce();
    void index_followsChanges();
    void rareText_costsTheSameInALongerList_data();
    void rareText_costsTheSameInALongerList();
    void frequentText_costsAPage();
    void nobodyTyped_isCountedWithoutLooking();
    void supersededSearch_endsWithinItsStatement();

private:
    void add(int from, int to);
    QStringList emailsOf(const QString &typed, bool deleted) const;
    /// In thousands.
    int stepsOf(const std::function<void(DbConnection &)> &search) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
    QList<User> m_users;
};

namespace {

const QStringList searchedNames {u"Ann Lee"_s, u"José Öztürk"_s, u"МАРИЯ"_s, u"𝒳 Æ"_s, {}, u"李伟"_s, u"O\"Hara"_s};

/// Every way, whatever the length of the list.
constexpr UserSearch::Bounds byIndex {.walkedFirst = 3};
constexpr UserSearch::Bounds byWalk {.walkedFirst = 3, .mostCandidates = -1, .mostGroups = -1};
constexpr UserSearch::Bounds byFewGroups {.walkedFirst = 1, .mostGroups = 2};

constexpr int margin = 5; ///< Each of some statements may be counted as one thousand more.

QString keyOf(const QString &typed) { return searchKey(QStringView(typed).trimmed()); }

} // namespace

void TestUserSearch::init()
{
    m_users.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = Database::open(m_folder->filePath(u"x.db"_s)).value();
}

void TestUserSearch::add(int from, int to)
{
    const auto done = m_database->write([&](Transaction &transaction) {
        Result<void> added;
        for (int i = from; i < to; ++i) {
            const User user {.id = Id::create(TimePoint {Milliseconds {i + 1}}),
                             .email = u"person%1@example.com"_s.arg(i, 6, 10, QChar(u'0')),
                             .name = searchedNames[i % searchedNames.size()]};
            m_users += user;
            added = added.and_then([&] { return UserStore::insert(transaction, user, user.email); });
        }
        return added;
    });
    QVERIFY(done);
}

/// By the one predicate that the window has.
QStringList TestUserSearch::emailsOf(const QString &typed, bool deleted) const
{
    const TextMatcher matcher(typed);
    QStringList emails;
    for (const User &user : m_users) {
        if (user.deletedAt.has_value() == deleted && (matcher.isIn(user.email) || matcher.isIn(user.name)))
            emails += user.email;
    }
    return emails;
}

int TestUserSearch::stepsOf(const std::function<void(DbConnection &)> &search) const
{
    int thousands = 0;
    DbConnection &reader = m_database->reader();
    search(reader); // statements are prepared by now
    reader.stopWhen([&thousands] {
        ++thousands;
        return false;
    });
    search(reader);
    reader.stopWhen({});
    return thousands;
}

void TestUserSearch::eachWay_findsTheSame_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("nothing") << u""_s;
    QTest::newRow("one letter") << u"j"_s;
    QTest::newRow("one letter at the end of a name") << u"k"_s;
    QTest::newRow("one that nobody has") << u"q"_s;
    QTest::newRow("two letters") << u"le"_s;
    QTest::newRow("two letters at the end of a name") << u"EE"_s;
    QTest::newRow("one letter of many") << u"e"_s;
    QTest::newRow("three letters") << u"zTü"_s;
    QTest::newRow("decomposed, in capitals") << u"JOSE\u0301"_s;
    QTest::newRow("another script") << u"мари"_s;
    QTest::newRow("two characters, a whole name") << u"李伟"_s;
    QTest::newRow("beyond the first plane") << u"x æ"_s;
    QTest::newRow("a quotation mark") << u"o\"h"_s;
    QTest::newRow("a whole address") << u"person000041@example.com"_s;
    QTest::newRow("numbers") << u"00004"_s;
    QTest::newRow("what all have") << u"example.com"_s;
    QTest::newRow("groups that stand elsewhere") << u"personperson"_s;
    QTest::newRow("words of the index") << u"AND"_s;
    QTest::newRow("wildcards") << u"%_*"_s;
    QTest::newRow("from one text into the other") << u"com\nann"_s;
    QTest::newRow("a null character") << u"an\0n"_s;
    QTest::newRow("longer than any text") << QString(500, u'n');
}

void TestUserSearch::eachWay_findsTheSame()
{
    QFETCH(QString, typed);
    add(0, 60);
    for (int i = 0; i < 60; i += 5) {
        m_users[i].deletedAt = TimePoint {Milliseconds {7}};
        QVERIFY(m_database->write([&](Transaction &transaction) {
            return UserStore::updateDeleted(transaction, m_users[i].id, m_users[i].deletedAt, m_users[i].deletedAt);
        }));
    }
    DbConnection &reader = m_database->reader();
    for (const bool deleted : {false, true}) {
        const QStringList expected = emailsOf(typed, deleted);
        for (const UserSearch::Bounds &bounds : {UserSearch::Bounds(), byIndex, byWalk, byFewGroups}) {
            QStringList found;
            const auto page = UserSearch::page(reader, keyOf(typed), {}, 500, deleted, bounds).value();
            for (const auto &one : page)
                found += one.emailKey;
            QCOMPARE(found, expected);
            QCOMPARE(UserSearch::count(reader, keyOf(typed), deleted, bounds).value(), expected.size());
            QCOMPARE(UserSearch::all(reader, keyOf(typed), deleted, bounds)->size(), expected.size());
        }
    }
}

void TestUserSearch::pages_showEachOnce()
{
    add(0, 60);
    for (const UserSearch::Bounds &bounds : {byIndex, byWalk}) {
        QStringList found;
        QString after;
        for (;;) {
            const auto page = UserSearch::page(m_database->reader(), keyOf(u"lee"_s), after, 2, false, bounds).value();
            for (const auto &one : page)
                found += one.emailKey;
            if (page.size() < 2)
                break;
            after = page.last().emailKey;
        }
        QCOMPARE(found, emailsOf(u"lee"_s, false));
    }
}

void TestUserSearch::index_followsChanges()
{
    add(0, 20);
    const auto found = [this](const QString &typed) {
        return UserSearch::count(m_database->reader(), keyOf(typed), false, byIndex).value();
    };
    User ann = m_users[0];
    ann.email = u"Zoë@example.org"_s;
    QVERIFY(m_database->write([&](Transaction &transaction) { return UserStore::updateProfile(transaction, ann, u"zoë@example.org"_s); }));
    QCOMPARE(found(u"zoë"_s), 1);
    QCOMPARE(found(u"person000000"_s), 0);
    QVERIFY(m_database->write([&](Transaction &transaction) { return UserStore::remove(transaction, ann.id); }));
    QCOMPARE(found(u"zoë"_s), 0);
    QVERIFY(m_database->write([&](Transaction &transaction) { return UserStore::insert(transaction, ann, u"zoë@example.org"_s); }));
    QCOMPARE(found(u"zoë"_s), 1);
    // The index itself says when it has forgotten too much or too little.
    QVERIFY(m_database->write([](DbConnection &connection) {
        return connection.perform(u"INSERT INTO user_trigrams (user_trigrams) VALUES ('integrity-check')"_s);
    }));
}

void TestUserSearch::rareText_costsTheSameInALongerList_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("one") << u"person000777"_s;
    QTest::newRow("nobody") << u"nobody at all"_s;
    QTest::newRow("two letters that nobody has") << u"qx"_s;
    QTest::newRow("one letter that nobody has") << u"q"_s;
}

void TestUserSearch::rareText_costsTheSameInALongerList()
{
    QFETCH(QString, typed);
    const UserSearch::Bounds bounds {.walkedFirst = 100};
    const auto ask = [&](DbConnection &reader) {
        QVERIFY(UserSearch::page(reader, keyOf(typed), {}, 200, false, bounds));
        QVERIFY(UserSearch::count(reader, keyOf(typed), false, bounds));
    };
    add(0, 1'000);
    const int before = stepsOf(ask);
    add(1'000, 8'000);
    QVERIFY(stepsOf([&](DbConnection &reader) { (void)UserSearch::count(reader, keyOf(typed), false, byWalk); }) > 20); // this would
    QVERIFY2(stepsOf(ask) <= before + margin, qPrintable(u"%1, and %2 before"_s.arg(stepsOf(ask)).arg(before)));
}

void TestUserSearch::frequentText_costsAPage()
{
    const auto ask = [](DbConnection &reader) { QVERIFY(UserSearch::page(reader, u"example"_s, {}, 20, false, {.walkedFirst = 100})); };
    add(0, 1'000);
    const int before = stepsOf(ask);
    add(1'000, 8'000);
    QVERIFY(stepsOf(ask) <= before + margin);
}

void TestUserSearch::nobodyTyped_isCountedWithoutLooking()
{
    add(0, 4'000);
    QVERIFY(stepsOf([](DbConnection &reader) { QCOMPARE(UserStore::count(reader, u"  "_s).value(), 4'000); }) <= 1);
}

void TestUserSearch::supersededSearch_endsWithinItsStatement()
{
    add(0, 4'000);
    DbConnection &reader = m_database->reader();
    int looks = 0;
    reader.stopWhen([&looks] { return ++looks > 2; });
    QVERIFY(!UserSearch::count(reader, u"q"_s, false, byWalk));
    QVERIFY(!UserSearch::page(reader, u"q"_s, {}, 200, false, byWalk));
    QVERIFY(looks < 9);
    reader.stopWhen({});
    QVERIFY(UserSearch::count(reader, u"q"_s, false, byWalk));
}

QTEST_GUILESS_MAIN(TestUserSearch)
#include "TestUserSearch.moc"

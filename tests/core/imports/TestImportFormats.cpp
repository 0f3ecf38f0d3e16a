#include "core/console/Json.h"
#include "core/console/orders/Imports.h"
#include "core/crypto/PasswordHasher.h"
#include "core/imports/FirebaseParameters.h"
#include "core/imports/ImportReader.h"
#include "core/imports/ImportSource.h"
#include "core/storage/Database.h"

#include <QFile>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

/// As the console of Firebase shows it; key, salt and hash are those of the README of its scrypt.
const QString shownByFirebase = u"hash_config {\n  algorithm: SCRYPT,\n  base64_signer_key: "
                                "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,\n"
                                "  base64_salt_separator: Bw==,\n  rounds: 8,\n  mem_cost: 14,\n}\n"_s;

/// `firebase auth:export users.json`
const QByteArray exportedByFirebase = R"({"users": [
{
  "localId": "0Y2NhSHCBnZkGyfWYkm6eDkFGYe2",
  "email": "ann@example.com",
  "emailVerified": true,
  "passwordHash": "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
  "salt": "42xEC+ixf3L2lw==",
  "displayName": "Ann",
  "lastSignedInAt": "1617000000000",
  "createdAt": "1577934245000",
  "providerUserInfo": []
},
{
  "localId": "zVQ6gHrj3hbyIDsQKW5tKdEUsKc2",
  "email": "bob@example.com",
  "emailVerified": false,
  "disabled": true,
  "passwordHash": "lSrfV15cpx95_sZS2W9c9Kp6i_LVgQNDNC_qzrCnh1SAyZvqmZqAjTdn3aoItz-VHjoZilo78198JAdRuid5lQ==",
  "salt": "42xEC-ixf3L2lw==",
  "createdAt": "1577934245000",
  "providerUserInfo": [{"providerId": "google.com", "rawId": "1", "email": "bob@example.com"}]
}]}
)";

/// The columns of auth_user.
const QByteArray exportedByDjango =
    "id,password,last_login,is_superuser,username,first_name,last_name,email,is_staff,is_active,date_joined\n"
    "1,pbkdf2_sha256$600000$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I=,,1,ann,Ann,A,ann@example.com,1,1,2020-01-02 "
    "03:04:05+00:00\n"
    "2,pbkdf2_sha256$80000$NaCl$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1Y=,,0,bob,Bob,B,bob@example.com,0,0,2020-01-02 "
    "03:04:05+00:00\n";

/// Its tables user and account, joined as docs/moving-users.md says.
const QByteArray exportedByBetterAuth =
    "id,name,email,emailVerified,createdAt,password\n"
    "kZ8dYxqvJ1,Ann,ann@example.com,1,2020-01-02T03:04:05.000Z,00112233445566778899aabbccddeeff:"
    "267a33c2ae63f1c2d542f84d50b7d87c68900c8b9475f6a47ade71cf44b234822e0a34af1d226572b5caf52809319d4c486f3d209cc2fd022fb53bb4eaeb35b1\n";

/// The columns of auth.users that matter.
const QByteArray exportedBySupabase =
    "id,email,encrypted_password,email_confirmed_at,created_at,banned_until,deleted_at,raw_user_meta_data\n"
    "6ba7b810-9dad-11d1-80b4-00c04fd430c8,ann@example.com,$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW,"
    "2020-01-02 03:04:05.123+00,2020-01-02 03:04:05.123+00,2020-02-02 03:04:05+00,,\"{\"\"name\"\": \"\"Ann\"\"}\"\n"
    "6ba7b811-9dad-11d1-80b4-00c04fd430c8,bob@example.com,$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW,"
    ",2020-01-02 03:04:05+00,2999-01-01 00:00:00+00,,{}\n";

} // namespace

/// Exports of other servers, as they are, from the file to the password that fits.
class TestImportFormats : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void export_isTakenAsItIs_data();
    void export_isTakenAsItIs();
    void firebase_needsItsParameters();
    void parameters_areRead_data();
    void parameters_areRead();
    void parameters_areRefused_data();
    void parameters_areRefused();
    void databaseThatIsOpen_isLeftAlone();
    void wrapping_isFollowed_data();
    void wrapping_isFollowed();
    void columnsOfOneName_areTakenInTheirOrder();
    void pieces_fitAMessage_data();
    void pieces_fitAMessage();
    void rowThatNoMessageHolds_isAFault();
    void password_isTextOrHash_data();
    void password_isTextOrHash();

private:
    void write(const QByteArray &text);
    QList<ImportedUser> read(const QByteArray &text, const std::optional<FirebaseParameters> &firebase = {});

    QTemporaryDir m_folder;
    UserImport m_faults;
    bool m_lacksFirebase = false;
};

void TestImportFormats::write(const QByteArray &text)
{
    QFile file(m_folder.filePath(u"users"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write");
}

QList<ImportedUser> TestImportFormats::read(const QByteArray &text, const std::optional<FirebaseParameters> &firebase)
{
    write(text);
    ImportReader reader(ImportSource::open(m_folder.filePath(u"users"_s), {}).value(), fromMilliseconds(1'800'000'000'000), firebase);
    QList<ImportedUser> users;
    while (const auto piece = reader.next())
        users += piece->users;
    m_faults = reader.withFaults({});
    m_lacksFirebase = reader.lacksFirebase();
    return users;
}

void TestImportFormats::export_isTakenAsItIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("password");
    QTest::addColumn<bool>("isVerified");
    QTest::newRow("Django") << exportedByDjango << u"pbkdf2_sha256"_s << u"password"_s << false;
    QTest::newRow("Better Auth") << exportedByBetterAuth << u"scrypt"_s << u"correct horse battery"_s << true;
    QTest::newRow("Supabase") << exportedBySupabase << u"bcrypt"_s << u"U*U"_s << true;
    QTest::newRow("Firebase") << exportedByFirebase << u"scrypt"_s << u"user1password"_s << true;
}

void TestImportFormats::export_isTakenAsItIs()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, scheme);
    QFETCH(const QString, password);
    QFETCH(const bool, isVerified);
    const QList<ImportedUser> users = read(text, FirebaseParameters::fromText(shownByFirebase).value());
    QVERIFY2(m_faults.faults.isEmpty(), qPrintable(m_faults.faults.value(0).message));
    const ImportedUser &ann = users.first();
    QCOMPARE(ann.email, u"ann@example.com"_s);
    QCOMPARE(ann.password, QString());
    QCOMPARE(PasswordHasher::schemeOf(ann.passwordHash), scheme);
    const PasswordHasher hasher({.memoryKib = 64, .iterations = 1});
    QVERIFY(hasher.verify(password, ann.passwordHash).value());
    QVERIFY(!hasher.verify(password + u'x', ann.passwordHash).value());
    QVERIFY(hasher.needsUpgrade(ann.passwordHash));
    QCOMPARE(ann.emailVerified, isVerified);
    QCOMPARE(toMilliseconds(*ann.createdAt) / 1000, 1'577'934'245);
    QVERIFY(!ann.disabled);
    if (users.size() == 1)
        return;
    QVERIFY(PasswordHasher::isSupported(users[1].passwordHash));
    QVERIFY(users[1].disabled);
    QVERIFY(!users[1].emailVerified);
    QVERIFY(!ann.id.isNull() && ann.id != users[1].id);
}

void TestImportFormats::firebase_needsItsParameters()
{
    QVERIFY(read(exportedByFirebase).isEmpty());
    QVERIFY(m_lacksFirebase);
    QCOMPARE(m_faults.faults.size(), 2);
    QCOMPARE(m_faults.faults.first().line, 2);
    QCOMPARE(m_faults.faults.first().field, u"password_hash"_s);
    QVERIFY(!read(exportedByDjango).isEmpty());
    QVERIFY(!m_lacksFirebase);
}

void TestImportFormats::parameters_areRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("as its console shows them") << shownByFirebase;
    QTest::newRow("in one line") << QString(shownByFirebase).replace(u'\n', u' ');
    QTest::newRow("JSON")
        << u"{\"algorithm\":\"SCRYPT\",\"base64_signer_key\":\"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZ"
           "vpjeJ9WmXA==\",\"base64_salt_separator\":\"Bw==\",\"rounds\":8,\"mem_cost\":14}"_s;
    QTest::newRow("base64 for addresses") << QString(shownByFirebase).replace(u'+', u'-').replace(u'/', u'_');
}

void TestImportFormats::parameters_areRead()
{
    QFETCH(const QString, text);
    const auto parameters = FirebaseParameters::fromText(text);
    QVERIFY2(parameters, parameters ? "" : qPrintable(parameters.error().detail));
    const QString hash = parameters->hashFrom(u"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="_s,
                                              u"42xEC+ixf3L2lw=="_s);
    QVERIFY(PasswordHasher({}).verify(u"user1password", hash).value());
}

void TestImportFormats::parameters_areRefused_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char *name, const QString &from, const QString &to) { QTest::newRow(name) << from << to; };
    row("no key", u"base64_signer_key"_s, u"key"_s);
    row("no rounds", u"rounds"_s, u"turns"_s);
    row("no cost", u"mem_cost"_s, u"cost"_s);
    row("rounds beyond Firebase's", u"rounds: 8"_s, u"rounds: 9"_s);
    row("rounds beyond all numbers", u"rounds: 8"_s, u"rounds: 99999999999999999999"_s);
    row("rounds below none", u"rounds: 8"_s, u"rounds: -8"_s);
    row("a cost of 2^31", u"mem_cost: 14"_s, u"mem_cost: 31"_s);
    row("a key that is not base64", u"jxspr8"_s, u"==jxsp"_s);
    row("a separator that is not base64", u"Bw=="_s, u"B==="_s);
}

void TestImportFormats::parameters_areRefused()
{
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    const auto parameters = FirebaseParameters::fromText(QString(shownByFirebase).replace(from, to));
    QVERIFY(!parameters);
    QCOMPARE(parameters.error().code, ErrorCode::InvalidInput);
    QVERIFY(!parameters.error().detail.contains("Ki0RYycVU8"_L1));
    QVERIFY(!FirebaseParameters::fromText({}));
    QVERIFY(!FirebaseParameters::fromText(QString(1 << 20, u' ')));
}

/// Who opens and closes it takes SQLite's locks from the server.
void TestImportFormats::databaseThatIsOpen_isLeftAlone()
{
    const QString path = m_folder.filePath(u"server.db"_s);
    const QString link = m_folder.filePath(u"link.db"_s);
    const auto refusal = [](const QString &file) {
        const auto source = ImportSource::open(file, {});
        return source ? QString() : source.error().detail;
    };
    {
        const auto database = Database::open(path);
        QVERIFY(database && (*database)->probe() && QFile::link(path, link));
        for (const QString &file : {path, QString(path + u"-wal"_s), QString(path + u"-shm"_s), link}) {
            QVERIFY(QFile::exists(file));
            QCOMPARE(refusal(file), u"%1: belongs to the database of this server"_s.arg(file));
        }
    }
    QCOMPARE(refusal(path), QString()); // any other one has users to import
}

void TestImportFormats::wrapping_isFollowed_data()
{
    const QByteArray ann = R"({"email":"a@x.org","password_hash":"h"})";
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("many");
    QTest::addColumn<QString>("fault");
    QTest::newRow("two") << "{\"users\":[" + ann + "," + ann + "]}" << 2 << QString();
    QTest::newRow("blanks") << " { \"users\" :\n\t[\n" + ann + "\n]\n}\n" << 1 << QString();
    QTest::newRow("none") << "{\"users\":[]}"_ba << 0 << QString();
    QTest::newRow("cut off behind the array") << "{\"users\":[" + ann + "]" << 1 << u"the file ends inside the array"_s;
    QTest::newRow("cut off inside it") << "{\"users\":[" + ann + "," << 1 << u"the file ends inside the array"_s;
    QTest::newRow("another member") << "{\"users\":[" + ann + "],\"more\":1}" << 1 << u"there should be an object here"_s;
    QTest::newRow("two braces") << "{\"users\":[" + ann + "]}}" << 1 << u"there should be an object here"_s;
    QTest::newRow("a brace without its twin") << "[" + ann + "]}" << 1 << u"there should be an object here"_s;
    QTest::newRow("words behind it") << "{\"users\":[" + ann + "]} x" << 1 << u"there should be an object here"_s;
}

void TestImportFormats::wrapping_isFollowed()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, many);
    QFETCH(const QString, fault);
    QCOMPARE(read(text).size(), many);
    QCOMPARE(m_faults.faults.value(0).message, fault);
}

/// A dry run promises what the import does, in another process.
void TestImportFormats::columnsOfOneName_areTakenInTheirOrder()
{
    const QList<ImportedUser> users = read("email,e_mail,E-Mail,e-mail,EMAIL,Email,E_Mail,password_hash\n"
                                           "g@x.org,f@x.org,a@x.org,e@x.org,b@x.org,d@x.org,c@x.org,$2y$10$abc\n");
    QVERIFY(m_faults.faults.isEmpty());
    QCOMPARE(users.size(), 1);
    QCOMPARE(users.first().email, u"a@x.org"_s);
}

/// Of 1 MiB and 100 000 values, whatever JSON makes of the characters.
void TestImportFormats::pieces_fitAMessage_data()
{
    QTest::addColumn<QByteArray>("column");
    QTest::addColumn<QByteArray>("cell");
    QTest::newRow("letters") << "name"_ba << QByteArray(60'000, 'x');
    QTest::newRow("controls") << "name"_ba << QByteArray(60'000, '\x01');
    QTest::newRow("marks that are escaped") << "name"_ba << QByteArray(60'000, '\\');
    QTest::newRow("three bytes a character") << "name"_ba << QByteArray("\xe2\x82\xac").repeated(20'000);
    QTest::newRow("very many roles") << "roles"_ba << QByteArray("a ").repeated(30'000);
}

void TestImportFormats::pieces_fitAMessage()
{
    QFETCH(const QByteArray, column);
    QFETCH(const QByteArray, cell);
    constexpr int many = 40;
    QByteArray text = "email,password_hash," + column + '\n';
    for (int i = 0; i < many; ++i)
        text += "u" + QByteArray::number(i) + "@x.org,$2y$10$abc," + cell + '\n';
    write(text);
    ImportReader reader(ImportSource::open(m_folder.filePath(u"users"_s), {}).value(), fromMilliseconds(1'800'000'000'000));
    qsizetype users = 0;
    while (const auto piece = reader.next()) {
        users += piece->users.size();
        const QJsonValue message = toJson(AddToImport {.import = Id::create(fromMilliseconds(1)), .users = piece->users});
        QVERIFY(QJsonDocument(message.toObject()).toJson(QJsonDocument::Compact).size() < 1'000'000);
        qsizetype roles = 0;
        for (const ImportedUser &user : piece->users)
            roles += user.roles.size();
        QVERIFY(roles < 90'000); // of 100 000 values
    }
    QCOMPARE(users, many);
    QVERIFY(!reader.hasFaults());
}

/// The other formats have no records as long as that.
void TestImportFormats::rowThatNoMessageHolds_isAFault()
{
    const QString path = m_folder.filePath(u"users.db"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"long row"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"CREATE TABLE users (email TEXT, password_hash TEXT, name TEXT, avatar BLOB)"_s));
        QVERIFY(query.exec(u"INSERT INTO users VALUES ('a@x.org', '$2y$10$abc', 'Ann', zeroblob(2000000)), "
                           "('b@x.org', '$2y$10$abc', hex(zeroblob(1000000)), NULL)"_s));
    }
    QSqlDatabase::removeDatabase(u"long row"_s);
    ImportReader reader(ImportSource::open(path, {}).value(), fromMilliseconds(1'800'000'000'000));
    QStringList emails;
    while (const auto piece = reader.next()) {
        for (const ImportedUser &user : piece->users)
            emails += user.email;
    }
    QCOMPARE(emails, QStringList {u"a@x.org"_s}); // what nobody wants may be long
    const UserImport told = reader.withFaults({});
    QCOMPARE(told.faults.size(), 1);
    QCOMPARE(told.faults.first().line, 2);
}

void TestImportFormats::password_isTextOrHash_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("hash");
    const auto row = [](const char *name, const QByteArray &columns, const QByteArray &cells, const QString &password,
                        const QString &hash) {
        QTest::newRow(name) << "email," + columns + "\na@x.org," + cells + '\n' << password << hash;
    };
    row("text", "password", "correct horse", u"correct horse"_s, {});
    row("blanks at its ends", "password", "\" correct horse \"", u" correct horse "_s, {});
    row("a hash", "password", "$2y$10$abc", {}, u"$2y$10$abc"_s);
    row("a hash of no kind that is known here", "password", "$6$salt$hash", {}, u"$6$salt$hash"_s);
    row("a hash with Django's prefix", "password", "argon2$argon2id$v=19$x", {}, u"$argon2id$v=19$x"_s);
    row("digits that look like a hash", "password", "0123456789abcdef0123456789abcdef", {}, u"0123456789abcdef0123456789abcdef"_s);
    row("the same, said to be a password", "plain_password", "0123456789abcdef0123456789abcdef", u"0123456789abcdef0123456789abcdef"_s, {});
    row("said to be a password, beside another", "Plain Password,password", "correct horse,battery", u"correct horse"_s, {});
    row("text and hash", "password,password_hash", "correct horse,$2y$10$abc", {}, u"$2y$10$abc"_s);
    row("two hashes", "password,password_hash", "$2y$10$def,$2y$10$abc", {}, u"$2y$10$abc"_s);
    row("text in the column of hashes", "password_hash", "correct horse", {}, u"correct horse"_s);
    row("a salt that is not Firebase's", "password_hash,salt", "$2y$10$abc,xyz", {}, u"$2y$10$abc"_s);
    row("neither", "password", "", {}, {});
}

void TestImportFormats::password_isTextOrHash()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, password);
    QFETCH(const QString, hash);
    const QList<ImportedUser> users = read(text);
    QVERIFY(m_faults.faults.isEmpty());
    QCOMPARE(users.first().password, password);
    QCOMPARE(users.first().passwordHash, hash);
}

QTEST_GUILESS_MAIN(TestImportFormats)
#include "TestImportFormats.moc"

#include "app/cli/import/IdMap.h"
#include "core/imports/CsvUsers.h"
#include "core/imports/ImportReader.h"
#include "core/imports/ImportSource.h"
#include "core/imports/JsonUsers.h"
#include "core/imports/UserFields.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

const QString hash = u"$2b$12$abc"_s;

/// Line, address, hash and name of each record, or its problem.
QStringList recordsOf(ImportSource &source)
{
    UserFields fields(fromMilliseconds(0));
    QStringList told;
    while (const auto record = source.next()) {
        const auto read = fields.read(*record);
        told += read.faults.isEmpty()
                    ? u"%1 %2 %3 %4"_s.arg(read.user.line).arg(read.user.email, read.user.passwordHash, read.user.name).trimmed()
                    : u"%1 ! %2"_s.arg(read.faults.first().line).arg(read.faults.first().message);
        if (told.size() > 20)
            break;
    }
    return told;
}

ImportedUser userOf(const QHash<QString, QVariant> &values)
{
    return UserFields(fromMilliseconds(0)).read({.line = 1, .values = values, .problem = {}}).user;
}

} // namespace

/// Files with users, as other programs write them: what is read and what is refused.
class TestImportFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void csv_isRead_data();
    void csv_isRead();
    void json_isRead_data();
    void json_isRead();
    void file_isRefused_data();
    void file_isRefused();
    void sqlite_isRead();
    void sqlite_isOnlyRead();
    void sqlite_ofAnotherTable();
    void longFile_isReadToItsEnd();
    void pieces_areAMomentsWork();
    void brokenDisk_isNoEnd();
    void columns_areKnownByManyNames_data();
    void columns_areKnownByManyNames();
    void oldIds_areKeptOrMade_data();
    void oldIds_areKeptOrMade();
    void values_areUnderstood_data();
    void values_areUnderstood();
    void unusedColumns_areTold();
    void map_tellsOldAndNew();

private:
    QString write(const QByteArray &text, const QString &name = u"users"_s) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QString TestImportFiles::write(const QByteArray &text, const QString &name) const
{
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write");
    return file.fileName();
}

void TestImportFiles::csv_isRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("records");
    const QByteArray head = "email,password_hash,name\n";
    const auto row = [](const char *name, const QByteArray &text, const QStringList &records) { QTest::newRow(name) << text << records; };
    row("plain", head + "a@x.org,h,Ann\nb@x.org,i,Bob\n", {u"2 a@x.org h Ann"_s, u"3 b@x.org i Bob"_s});
    row("no end at the end", head + "a@x.org,h,Ann", {u"2 a@x.org h Ann"_s});
    row("CRLF", "email,password_hash,name\r\na@x.org,h,Ann\r\nb@x.org,i,Bob\r\n", {u"2 a@x.org h Ann"_s, u"3 b@x.org i Bob"_s});
    row("CR", "email,password_hash,name\ra@x.org,h,Ann\rb@x.org,i,Bob\r", {u"2 a@x.org h Ann"_s, u"3 b@x.org i Bob"_s});
    row("byte order mark", "\xef\xbb\xbf" + head + "a@x.org,h,Ann\n", {u"2 a@x.org h Ann"_s});
    row("semicolons", "email;password_hash;name\na@x.org;h;A, B\n", {u"2 a@x.org h A, B"_s});
    row("tabs", "email\tpassword_hash\tname\na@x.org\th\tAnn\n", {u"2 a@x.org h Ann"_s});
    row("quoted", head + "\"a@x.org\",\"h\",\"Ann \"\"A\"\", B\"\n", {u"2 a@x.org h Ann \"A\", B"_s});
    row("quoted names", "\"email\",\"password_hash\",\"name\"\na@x.org,h,Ann\n", {u"2 a@x.org h Ann"_s});
    row("a separator in a quoted name", "\"e;mail\",email,password_hash\nz,a@x.org,h\n", {u"2 a@x.org h"_s});
    row("line feeds in a cell count", head + "a@x.org,h,\"A\nB\r\nC\"\nb@x.org,i,Bob\n",
        {u"2 a@x.org h A\nB\r\nC"_s, u"5 b@x.org i Bob"_s});
    row("empty lines", head + "\n\na@x.org,h,Ann\n\n\r\n", {u"4 a@x.org h Ann"_s});
    row("empty cells", head + "a@x.org,h,\nb@x.org,i,\"\"\n", {u"2 a@x.org h"_s, u"3 b@x.org i"_s});
    row("ü", head + "ü@x.org,h,Änn\n", {u"2 ü@x.org h Änn"_s});
    row("too few", head + "a@x.org,h\nb@x.org,i,Bob\n", {u"2 ! there are 2 cells and 3 names in the first line"_s, u"3 b@x.org i Bob"_s});
    row("too many", head + "a@x.org,h,Ann,\n", {u"2 ! there are 4 cells and 3 names in the first line"_s});
    row("quotation mark inside", head + "a@x.org,h,An\"n\nb@x.org,i,Bob\n",
        {u"2 ! there is a quotation mark inside a cell that does not begin with one"_s, u"3 b@x.org i Bob"_s});
    row("text behind a quoted cell", head + "a@x.org,h,\"Ann\"x\n", {u"2 ! there is text behind a closing quotation mark"_s});
    row("never closed", head + "a@x.org,h,\"Ann\nb@x.org,i,Bob\n", {u"2 ! a quotation mark is opened and never closed"_s});
    row("never closed, at the very end", head + "a@x.org,h,\"", {u"2 ! a quotation mark is opened and never closed"_s});
    row("not UTF-8", head + "a@x.org,h,\xe4nn\nb@x.org,i,Bob\n", {u"2 ! it is not UTF-8"_s, u"3 b@x.org i Bob"_s});
    row("NUL", head + QByteArray("a@x.org,h,\0\n", 12), {u"2 ! there is a NUL byte in it"_s});
    row("a long record", head + "a@x.org,h," + QByteArray(70'000, 'x') + "\nb@x.org,i,Bob\n",
        {u"2 ! the record is longer than 64 KiB (a quotation mark that is never closed?)"_s, u"3 b@x.org i Bob"_s});
    row("a record without end", head + "a@x.org,h," + QByteArray(2 * 1024 * 1024, 'x') + "\nb@x.org,i,Bob\n", // as of /dev/zero
        {u"2 ! the record is longer than 64 KiB (a quotation mark that is never closed?)"_s});
    row("one column", "email\na@x.org\n", {u"2 a@x.org"_s});
    row("names only", head, {});
}

void TestImportFiles::csv_isRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, records);
    const auto source = ImportSource::open(write(text), {});
    QVERIFY2(source, source ? "" : qPrintable(source.error().detail));
    QCOMPARE(recordsOf(**source), records);
}

void TestImportFiles::json_isRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("records");
    const auto row = [](const char *name, const QByteArray &text, const QStringList &records) { QTest::newRow(name) << text << records; };
    const QByteArray ann = R"({"email":"a@x.org","password_hash":"h","name":"Ann"})";
    const QByteArray bob = R"({"email":"b@x.org","password_hash":"i","name":null})";
    const QString annRead = u"a@x.org h Ann"_s;
    row("an array", "[" + ann + "," + bob + "]", {u"1 "_s + annRead, u"1 b@x.org i"_s});
    row("an array over lines", "[\n  " + ann + ",\n\n  " + bob + "\n]\n", {u"2 "_s + annRead, u"4 b@x.org i"_s});
    row("an object a line", ann + "\n" + bob + "\n", {u"1 "_s + annRead, u"2 b@x.org i"_s});
    row("CRLF", ann + "\r\n" + bob + "\r\n", {u"1 "_s + annRead, u"2 b@x.org i"_s});
    row("byte order mark", "\xef\xbb\xbf" + ann, {u"1 "_s + annRead});
    row("an object over lines", "{\"email\":\n\"a@x.org\",\"password_hash\":\"h\",\n\"name\":\"Ann\"}\n" + bob,
        {u"1 "_s + annRead, u"4 b@x.org i"_s});
    row("braces in texts", R"({"email":"a@x.org","password_hash":"h","name":"}]{\"\\"})", {u"1 a@x.org h }]{\"\\"_s});
    row("an empty array", "[]", {});
    row("no comma", "[" + ann + bob + "]", {u"1 "_s + annRead, u"1 ! there should be an object here"_s});
    row("a comma too many", "[" + ann + ",]", {u"1 "_s + annRead, u"1 ! there should be an object here"_s});
    row("cut off behind an object", "[" + ann, {u"1 "_s + annRead, u"1 ! the file ends inside the array"_s});
    row("cut off behind a comma", "[" + ann + ",\n", {u"1 "_s + annRead, u"2 ! the file ends inside the array"_s});
    row("cut off inside an object", ann + "\n{\"email\":", {u"1 "_s + annRead, u"2 ! the file ends inside an object"_s});
    row("a number in the array", "[" + ann + ",1]", {u"1 "_s + annRead, u"1 ! there should be an object here"_s});
    row("words behind the array", "[" + ann + "] x", {u"1 "_s + annRead, u"1 ! there should be an object here"_s});
    row("an array behind an array", "[" + ann + "][" + bob + "]", {u"1 "_s + annRead, u"1 ! there should be an object here"_s});
}

void TestImportFiles::json_isRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QStringList, records);
    const auto source = ImportSource::open(write(text), {});
    QVERIFY(source);
    QCOMPARE(recordsOf(**source), records);
}

void TestImportFiles::file_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("why");
    QTest::newRow("nothing in it") << QByteArray() << QString() << u"is empty"_s;
    QTest::newRow("blanks only") << QByteArray(" \n\n") << QString() << u"is empty"_s;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                          "e\0m\0",
                                          6)
                            << QString() << u"is UTF-16: save it as UTF-8"_s;
    QTest::newRow("two columns of a name") << QByteArray("email,email\na@x.org,b@x.org\n") << QString()
                                           << u"line 1: two columns have the same name"_s;
    QTest::newRow("broken names") << QByteArray("email,\"name\n") << QString() << u"line 1: a quotation mark is opened and never closed"_s;
    QTest::newRow("a table of a text") << QByteArray("email\na@x.org\n") << u"users"_s
                                       << u"--table is for an SQLite database, and this is none"_s;
    QTest::newRow("half a database") << "SQLite format 3"_ba + QByteArray(100, '\0') << QString() << QString();
}

void TestImportFiles::file_isRefused()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, table);
    QFETCH(const QString, why);
    const QString path = write(text);
    const auto source = ImportSource::open(path, table);
    QVERIFY(!source);
    QVERIFY2(source.error().detail.startsWith(path + u": "_s + why), qPrintable(source.error().detail));
    QVERIFY(ImportSource::open(path + u".missing"_s, {}).error().detail.startsWith(path));
    QVERIFY(ImportSource::open(m_folder->path(), {}).error().detail.startsWith(m_folder->path()));
}

namespace {

QString database(const QTemporaryDir &folder, const QStringList &statements)
{
    const QString path = folder.filePath(u"old.db"_s);
    {
        QSqlDatabase made = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        made.setDatabaseName(path);
        made.open();
        for (const QString &statement : statements) {
            QSqlQuery query(made);
            if (!query.exec(statement))
                qFatal("%s", qPrintable(query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    return path;
}

const QStringList tutorial {
    u"CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT, full_name TEXT, hashed_password TEXT, disabled BOOLEAN)"_s,
    u"INSERT INTO users VALUES (1, 'johndoe', 'a@x.org', 'John Doe', 'h', 0), (2, 'b@x.org', NULL, NULL, 'i', 1)"_s};

} // namespace

void TestImportFiles::sqlite_isRead()
{
    const auto source = ImportSource::open(database(*m_folder, tutorial), {});
    QVERIFY2(source, source ? "" : qPrintable(source.error().detail));
    UserFields fields(fromMilliseconds(0));
    const auto john = fields.read(*(*source)->next());
    QCOMPARE(john.user.email, u"a@x.org"_s);
    QCOMPARE(john.user.name, u"John Doe"_s);
    QCOMPARE(john.user.passwordHash, u"h"_s);
    QVERIFY(!john.user.disabled);
    QCOMPARE(john.oldId, u"1"_s);
    QCOMPARE(john.user.id, *UserFields::idFor(1));
    const auto bob = fields.read(*(*source)->next());
    QCOMPARE(bob.user.line, 2);
    QCOMPARE(bob.user.email, u"b@x.org"_s); // the user name, for want of an address
    QVERIFY(bob.user.disabled);
    QVERIFY(!(*source)->next());
    QVERIFY(!(*source)->next());
}

void TestImportFiles::sqlite_isOnlyRead()
{
    const QString path = database(*m_folder, tutorial);
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    const auto before = QFileInfo(path).lastModified();
    const auto source = ImportSource::open(path, {});
    QVERIFY(source);
    QVERIFY((*source)->next());
    QCOMPARE(QFileInfo(path).lastModified(), before);
}

void TestImportFiles::sqlite_ofAnotherTable()
{
    const QString path = database(*m_folder, {u"CREATE TABLE \"odd \"\" name\" (email TEXT, password_hash TEXT)"_s,
                                              u"INSERT INTO \"odd \"\" name\" VALUES ('a@x.org', 'h')"_s});
    QCOMPARE(ImportSource::open(path, {}).error().detail,
             path + u": has neither a table \"users\" nor \"user\": name it with --table (there are: odd \" name)"_s);
    QCOMPARE(ImportSource::open(path, u"nothing"_s).error().detail, path + u": has no table \"nothing\" (there are: odd \" name)"_s);
    const auto source = ImportSource::open(path, u"odd \" name"_s);
    QVERIFY(source);
    QCOMPARE(recordsOf(**source), QStringList {u"1 a@x.org h"_s});
}

void TestImportFiles::longFile_isReadToItsEnd()
{
    QByteArray csv = "email,password_hash,name\r\n";
    QByteArray json;
    constexpr int many = 5000; // several buffers
    for (int i = 0; i < many; ++i) {
        csv += "user" + QByteArray::number(i) + "@x.org,h,\"A, B\"\r\n";
        json += "{\"email\":\"user" + QByteArray::number(i) + "@x.org\",\"password_hash\":\"h\",\"name\":\"A, B\"}\n";
    }
    for (const QByteArray &text : {csv, json}) {
        const auto source = ImportSource::open(write(text), {});
        UserFields fields(fromMilliseconds(0));
        int count = 0;
        while (const auto record = (*source)->next()) {
            const auto read = fields.read(*record);
            QCOMPARE(read.user.email, u"user%1@x.org"_s.arg(count++));
            QCOMPARE(read.user.name, u"A, B"_s);
        }
        QCOMPARE(count, many);
    }
}

/// Whatever stands in the file: what is of no use is read, too.
void TestImportFiles::pieces_areAMomentsWork()
{
    QByteArray csv = "email,password_hash,notes\n";
    constexpr int many = 20;
    for (int i = 0; i < many; ++i)
        csv += "user" + QByteArray::number(i) + "@x.org,h," + QByteArray(60 * 1024, 'n') + '\n';
    ImportReader reader(ImportSource::open(write(csv), {}).value(), fromMilliseconds(0));
    int read = 0;
    int pieces = 0;
    while (const auto piece = reader.next()) {
        QVERIFY(piece->users.size() <= 5);
        read += int(piece->users.size());
        ++pieces;
    }
    QCOMPARE(read, many);
    QVERIFY(pieces < many);
    QCOMPARE(reader.bytesRead(), csv.size());
}

namespace {

/// Gives this, and then fails.
class BrokenDevice final : public QIODevice
{
public:
    explicit BrokenDevice(const QByteArray &text) : m_text(text) { open(ReadOnly | Unbuffered); }
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const QByteArray piece = m_text.first(std::min<qsizetype>(most, m_text.size()));
        m_text.remove(0, piece.size());
        if (piece.isEmpty()) {
            setErrorString(u"Input/output error"_s);
            return -1;
        }
        std::ranges::copy(piece, data);
        return piece.size();
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_text;
};

} // namespace

void TestImportFiles::brokenDisk_isNoEnd()
{
    const QString told = u" ! the file cannot be read on: Input/output error"_s;
    const auto csv = CsvUsers::open(std::make_unique<BrokenDevice>("email\na@x.org\nb@x.o"));
    QVERIFY(csv);
    QCOMPARE(recordsOf(**csv), (QStringList {u"2 a@x.org"_s, u"3"_s + told}));
    const auto between = CsvUsers::open(std::make_unique<BrokenDevice>("email\na@x.org\n"));
    QCOMPARE(recordsOf(**between), (QStringList {u"2 a@x.org"_s, u"3"_s + told}));
    JsonUsers lines(std::make_unique<BrokenDevice>("{\"email\":\"a@x.org\"}\n"));
    QCOMPARE(recordsOf(lines), (QStringList {u"1 a@x.org"_s, u"2"_s + told}));
    JsonUsers cut(std::make_unique<BrokenDevice>("{\"email\":"));
    QCOMPARE(recordsOf(cut), (QStringList {u"1"_s + told}));
}

void TestImportFiles::columns_areKnownByManyNames_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::newRow("ours") << QStringList {u"email"_s, u"password_hash"_s, u"name"_s};
    QTest::newRow("the FastAPI tutorial's") << QStringList {u"username"_s, u"hashed_password"_s, u"full_name"_s};
    QTest::newRow("camel case") << QStringList {u"emailAddress"_s, u"passwordHash"_s, u"fullName"_s};
    QTest::newRow("Rails") << QStringList {u"email"_s, u"encrypted_password"_s, u"name"_s};
    QTest::newRow("Laravel") << QStringList {u"email"_s, u"password"_s, u"name"_s};
    QTest::newRow("a spreadsheet") << QStringList {u"E-Mail"_s, u"Password Hash"_s, u"Display name"_s};
}

void TestImportFiles::columns_areKnownByManyNames()
{
    QFETCH(const QStringList, names);
    const ImportedUser user = userOf({{names[0], u"a@x.org"_s}, {names[1], u" $2b$04$x\r"_s}, {names[2], u"Ann"_s}});
    QCOMPARE(user.email, u"a@x.org"_s);
    QCOMPARE(user.passwordHash, u"$2b$04$x"_s);
    QCOMPARE(user.name, u"Ann"_s);
}

void TestImportFiles::oldIds_areKeptOrMade_data()
{
    QTest::addColumn<QVariant>("old");
    QTest::addColumn<QString>("id");
    const QString uuid = u"01234567-89ab-cdef-0123-456789abcdef"_s;
    QTest::newRow("UUID") << QVariant(uuid) << uuid;
    QTest::newRow("capitals") << QVariant(uuid.toUpper()) << uuid;
    QTest::newRow("braces") << QVariant(u'{' + uuid + u'}') << uuid;
    QTest::newRow("no hyphens") << QVariant(QString(uuid).remove(u'-')) << uuid;
    QTest::newRow("bytes") << QVariant(QByteArray::fromHex("0123456789abcdef0123456789abcdef")) << uuid;
    // Made with Python: uuid.uuid5(uuid.NAMESPACE_URL, 'warder:user:42')
    QTest::newRow("number") << QVariant(42) << u"a914bf2b-029c-523e-b400-a056a670baa0"_s;
    QTest::newRow("number as text") << QVariant(u" 42 "_s) << u"a914bf2b-029c-523e-b400-a056a670baa0"_s;
    QTest::newRow("number of JSON") << QVariant(42.0) << u"a914bf2b-029c-523e-b400-a056a670baa0"_s;
    QTest::newRow("text") << QVariant(u"clx1Ü"_s) << u"e6aea7bf-861e-5152-9ad5-82dc0fbadb9d"_s;
    QTest::newRow("zeros") << QVariant(u"00000000-0000-0000-0000-000000000000"_s) << QString();
    QTest::newRow("too long") << QVariant(QString(256, u'x')) << QString();
}

void TestImportFiles::oldIds_areKeptOrMade()
{
    QFETCH(const QVariant, old);
    const auto id = UserFields::idFor(old);
    QTEST(id ? id->toString() : QString(), "id");
}

void TestImportFiles::values_areUnderstood_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const QString &column, const QVariant &value, const QString &told) {
        QTest::newRow(name) << column << value << told;
    };
    for (const QString &yes : {u"true"_s, u"TRUE"_s, u"t"_s, u"1"_s, u"yes"_s, u"Y"_s})
        row(qPrintable(u"disabled "_s + yes), u"disabled"_s, yes, u"disabled"_s);
    row("not disabled", u"disabled"_s, u"0"_s, {});
    row("not active", u"is_active"_s, false, u"disabled"_s);
    row("active", u"is_active"_s, 1, {});
    row("deleted then", u"deleted_at"_s, u"2024-01-01 00:00:00"_s, u"disabled"_s);
    row("perhaps disabled", u"disabled"_s, u"perhaps"_s, u"disabled: must be true or false"_s);
    row("verified", u"email_verified"_s, true, u"verified"_s);
    row("verified then", u"emailVerified"_s, u"2024-01-01T00:00:00Z"_s, u"verified"_s);
    row("banned until a time to come", u"banned_until"_s, u"2024-01-01T00:00:00Z"_s, u"disabled"_s);
    row("banned until a time that is over", u"banned_until"_s, u"1969-01-01T00:00:00Z"_s, {});
    row("banned until somewhen", u"banned_until"_s, u"somewhen"_s, u"banned_until: must be a time"_s);
    row("perhaps verified", u"email_verified"_s, u"perhaps"_s, u"email_verified: must be true or false, or when it was verified"_s);
    row("created", u"created_at"_s, u"2024-01-01T00:00:00Z"_s, u"2024-01-01T00:00:00.000Z"_s);
    row("created, a database's words", u"created_at"_s, u"2024-01-01 00:00:00.123456+00"_s, u"2024-01-01T00:00:00.123Z"_s);
    row("created, seconds", u"created_at"_s, 1'704'067'200, u"2024-01-01T00:00:00.000Z"_s);
    row("created, milliseconds as text", u"created_at"_s, u"1704067200000"_s, u"2024-01-01T00:00:00.000Z"_s);
    row("created one day", u"created_at"_s, u"one day"_s,
        u"created_at: must be a time such as 2026-11-23T14:03:00Z, or seconds or milliseconds since 1970"_s);
    row("created, too large", u"created_at"_s, u"1e300"_s,
        u"created_at: must be a time such as 2026-11-23T14:03:00Z, or seconds or milliseconds since 1970"_s);
    row("created, not a number", u"created_at"_s, u"nan"_s,
        u"created_at: must be a time such as 2026-11-23T14:03:00Z, or seconds or milliseconds since 1970"_s);
    row("roles, commas", u"roles"_s, u"admin, ops"_s, u"admin+ops"_s);
    row("roles, bars", u"roles"_s, u"admin|ops"_s, u"admin+ops"_s);
    row("role", u"role"_s, u"admin"_s, u"admin"_s);
    row("roles, JSON", u"roles"_s, u"[\"admin\",\"ops\"]"_s, u"admin+ops"_s);
    row("roles, PostgreSQL", u"roles"_s, u"{admin,ops}"_s, u"admin+ops"_s);
    row("roles, a list", u"roles"_s, QVariantList {u"admin"_s, u"ops"_s}, u"admin+ops"_s);
    row("roles, none", u"roles"_s, u"{}"_s, {});
}

void TestImportFiles::values_areUnderstood()
{
    QFETCH(const QString, column);
    QFETCH(const QVariant, value);
    const auto read = UserFields(fromMilliseconds(0)).read({.line = 1, .values = {{column, value}}, .problem = {}});
    QStringList told;
    for (const UserImportFault &fault : read.faults)
        told += u"%1: %2"_s.arg(fault.field, fault.message);
    if (read.user.disabled)
        told += u"disabled"_s;
    if (read.user.emailVerified)
        told += u"verified"_s;
    if (read.user.createdAt)
        told += toText(*read.user.createdAt);
    if (!read.user.roles.isEmpty())
        told += read.user.roles.join(u'+');
    QTEST(told.join(u' '), "told");
}

void TestImportFiles::unusedColumns_areTold()
{
    UserFields fields(fromMilliseconds(0));
    fields.read({.line = 1, .values = {{u"email"_s, u"a@x.org"_s}, {u"phone"_s, {}}, {u"is_superuser"_s, 1}}, .problem = {}});
    QCOMPARE(fields.unused(), (QStringList {u"is_superuser"_s, u"phone"_s}));
}

void TestImportFiles::map_tellsOldAndNew()
{
    const QString path = m_folder->filePath(u"ids.csv"_s);
    const auto map = IdMap::open(path);
    QVERIFY(map);
    QVERIFY(!QFile::exists(path));
    ImportedUser user {.line = 2, .id = *UserFields::idFor(1), .email = u"a@x.org"_s, .name = {}, .roles = {}, .passwordHash = {}};
    (*map)->add(u"1"_s, user);
    user.line = 3;
    (*map)->add(u"a,\"b\""_s, user);
    const Id other = *Id::fromString(u"01234567-89ab-cdef-0123-456789abcdef");
    QVERIFY((*map)->save({{.line = 3, .id = other}}));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "old_id,id,email\n1," + user.id.toString().toLatin1() + ",a@x.org\n\"a,\"\"b\"\"\","
                                 + other.toString().toLatin1() + ",a@x.org\n");
    QVERIFY(IdMap::open(path).error().detail.startsWith(path)); // it is there
    QVERIFY(IdMap::open(m_folder->filePath(u"no/where.csv"_s)).error().detail.startsWith(m_folder->path()));
}

QTEST_GUILESS_MAIN(TestImportFiles)
#include "TestImportFiles.moc"

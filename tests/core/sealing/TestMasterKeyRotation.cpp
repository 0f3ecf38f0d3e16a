#include "core/audit/AuditStore.h"
#include "core/crypto/MasterKey.h"
#include "core/crypto/Primitives.h"
#include "core/sealing/MasterKeyStore.h"
#include "core/tokens/KeyStore.h"
#include "tests/support/FakeKeychain.h"
#include "tests/support/WorldTest.h"

#include <QDir>
#include <QTest>

#include <memory>
#include <openssl/evp.h>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// What a power cut would leave.
struct Remains
{
    std::shared_ptr<QTemporaryDir> folder;
    std::shared_ptr<FakeKeychain> keychain;
};

/// As it was before master keys had versions: 1 | nonce | cipher text | tag.
QByteArray sealedAsBefore(const SecretBytes &masterKey, QByteArrayView plain, QByteArrayView context)
{
    const auto bytes = [](auto &array) { return reinterpret_cast<unsigned char *>(array.data()); };
    const auto view = [](QByteArrayView array) { return reinterpret_cast<const unsigned char *>(array.data()); };
    const QByteArray key = hkdfSha256(masterKey.view(), "warder/keyring/v1", 32);
    const QByteArray nonce = randomBytes(12);
    QByteArray text(plain.size(), Qt::Uninitialized);
    QByteArray tag(16, Qt::Uninitialized);
    int length = 0;
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    EVP_EncryptInit_ex2(cipher.get(), EVP_aes_256_gcm(), view(key), view(nonce), nullptr);
    EVP_EncryptUpdate(cipher.get(), nullptr, &length, view(context), int(context.size()));
    EVP_EncryptUpdate(cipher.get(), bytes(text), &length, view(plain), int(plain.size()));
    EVP_EncryptFinal_ex(cipher.get(), bytes(text) + length, &length);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, 16, tag.data());
    return '\1' + nonce + text + tag;
}

} // namespace

/// Moves and rotations of the master key, cut short wherever that can be.
class TestMasterKeyRotation : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void rotate_sealsEverythingAnew_data();
    void rotate_sealsEverythingAnew();
    void rotate_cutShort_startsAgain_data();
    void rotate_cutShort_startsAgain();
    void rotate_uponARotationCutShort_losesNoKey_data();
    void rotate_uponARotationCutShort_losesNoKey();
    void rotate_whereTheKeychainFails_startsAgain();
    void rotate_besideKeysThatAreMade_missesNone();
    void rotate_besideADamagedKey_changesNothing();
    void rotate_ofWhatIsOnlyRead_isRefused();
    void formerKey_opensNothing();
    void move_thereAndBack();
    void move_cutShort_startsAgain_data();
    void move_cutShort_startsAgain();
    void move_toAKeychainThatDoesNotWork_leavesTheFile_data();
    void move_toAKeychainThatDoesNotWork_leavesTheFile();
    void move_toACredential_needsTheKeyThere();
    void move_whatIsRefused();
    void sealedOfBefore_opens_andIsSealedAnew();
    void import_putsALostKeyBack();

private:
    void open(MasterKeySource source);
    Remains remains() const { return remainsOf(m_folder->path(), *m_keychain); }
    static Remains remainsOf(const QString &folder, const FakeKeychain &keychain);
    /// What is left opens, with the sessions and tokens from before, and is tidy.
    void startFrom(const Remains &left, MasterKeySource expected, quint32 version);
    MasterKeys &masterKeys() { return m_world->core->masterKeys; }
    Result<MasterKeyState> rotate() { return masterKeys().rotate(u"test"_s, m_clock.now()); }
    Result<MasterKeyState> move(MasterKeySource to) { return masterKeys().move(to, u"test"_s, m_clock.now()); }
    QString file(const QString &name = u"master.key"_s) const { return m_folder->filePath(name); }

    std::shared_ptr<FakeKeychain> m_keychain;
    CorePolicies m_policies;
    QList<Remains> m_cuts;
    TokenPair m_pair;
};

void TestMasterKeyRotation::init()
{
    m_world.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_shared<FakeKeychain>();
    m_policies = quickPolicies;
    m_policies.masterKey.keychain = m_keychain;
    m_cuts.clear();
}

void TestMasterKeyRotation::open(MasterKeySource source)
{
    m_policies.masterKey.newInKeychain = source == MasterKeySource::Keychain;
    reopen(m_policies);
    QCOMPARE(masterKeys().source(), source);
    m_pair = m_world->join(u"ann@example.com"_s).value();
    m_policies.masterKey.afterStep = [this] { m_cuts += remains(); };
    reopen(m_policies);
}

Remains TestMasterKeyRotation::remainsOf(const QString &folder, const FakeKeychain &keychain)
{
    Remains left {.folder = std::make_shared<QTemporaryDir>(), .keychain = std::make_shared<FakeKeychain>()};
    left.keychain->entries = keychain.entries;
    for (const QString &name : QDir(folder).entryList(QDir::Files | QDir::Hidden)) {
        if (name != "warder.lock"_L1 && !name.endsWith("-shm"_L1)) // these hold nothing
            QFile::copy(folder + u'/' + name, left.folder->filePath(name));
    }
    return left;
}

void TestMasterKeyRotation::startFrom(const Remains &left, MasterKeySource expected, quint32 version)
{
    CorePolicies policies = quickPolicies;
    policies.masterKey.keychain = left.keychain;
    for (int i = 0; i < 2; ++i) { // the second start finds what the first has put right
        World world(left.folder->path(), m_clock, policies);
        QCOMPARE(world.core->masterKeys.source(), expected);
        QCOMPARE(world.core->masterKeys.state().version, version);
        QVERIFY(world.isGood(m_pair.accessToken));
        QVERIFY(world.sessions.refresh(m_pair.refreshToken, world.client, m_clock.now()));
        QCOMPARE(left.keychain->entries.size(), expected == MasterKeySource::Keychain ? 1 : 0);
        QVERIFY(!MasterKeyStore::findLeftover(world.database->reader()).value());
        QVERIFY(!QFile::exists(left.folder->filePath(u"master.key.next"_s)));
        QCOMPARE(pointsToKeychain(left.folder->filePath(u"master.key"_s)), expected == MasterKeySource::Keychain);
    }
    World world(left.folder->path(), m_clock, policies);
    QCOMPARE(world.core->masterKeys.rotate(u"test"_s, m_clock.now()).value().version, version + 1);
}

void TestMasterKeyRotation::rotate_sealsEverythingAnew_data()
{
    QTest::addColumn<MasterKeySource>("source");
    QTest::newRow("file") << MasterKeySource::File;
    QTest::newRow("keychain") << MasterKeySource::Keychain;
}

void TestMasterKeyRotation::rotate_sealsEverythingAnew()
{
    QFETCH(MasterKeySource, source);
    open(source);
    const auto before = KeyStore::all(m_world->database->reader()).value();
    const auto rotated = rotate();
    QVERIFY2(rotated, qPrintable(rotated.error().detail));
    QCOMPARE(rotated->version, 2U);
    QCOMPARE(rotated->source, source);
    const auto after = KeyStore::all(m_world->database->reader()).value();
    QCOMPARE(after.size(), before.size());
    for (const SealedKey &key : after) {
        QCOMPARE(key.sealed.first(5).toHex(), "0200000002"_ba);
        QVERIFY(std::ranges::none_of(before, [&key](const SealedKey &one) { return one.sealed == key.sealed; }));
    }
    QVERIFY(m_world->keys.rotate(KeyPurpose::Access, u"test"_s, m_clock.now())); // seals under the new one
    QVERIFY(m_world->isGood(m_pair.accessToken));
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, audit::masterKeyRotated, 9).value().size(), 1);
    m_policies.masterKey.afterStep = {};
    reopen(m_policies);
    QVERIFY(m_world->isGood(m_pair.accessToken));
    QCOMPARE(masterKeys().state().checkCode, rotated->checkCode);
    QCOMPARE(m_keychain->entries.size(), source == MasterKeySource::Keychain ? 1 : 0);
}

void TestMasterKeyRotation::rotate_cutShort_startsAgain_data() { rotate_sealsEverythingAnew_data(); }

void TestMasterKeyRotation::rotate_cutShort_startsAgain()
{
    QFETCH(MasterKeySource, source);
    open(source);
    m_cuts += remains();
    QVERIFY(rotate());
    m_cuts += remains();
    QVERIFY2(m_cuts.size() >= 5, qPrintable(QString::number(m_cuts.size())));
    const qsizetype sealed = 3; // before the start, once or twice before the transaction; the rest after it
    for (qsizetype i = 0; i < m_cuts.size(); ++i) {
        const bool isDone = i >= (source == MasterKeySource::Keychain ? sealed : sealed - 1);
        startFrom(m_cuts[i], source, isDone ? 2 : 1);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(u"after step %1"_s.arg(i)));
    }
}

void TestMasterKeyRotation::rotate_uponARotationCutShort_losesNoKey_data() { rotate_sealsEverythingAnew_data(); }

/// By a command without a server, which puts nothing right when it opens the database.
void TestMasterKeyRotation::rotate_uponARotationCutShort_losesNoKey()
{
    QFETCH(MasterKeySource, source);
    open(source);
    QVERIFY(rotate());
    const auto cuts = m_cuts;
    for (const Remains &cut : cuts) {
        CorePolicies policies = quickPolicies;
        QList<Remains> again;
        policies.masterKey.keychain = cut.keychain;
        policies.masterKey.afterStep = [&] { again += remainsOf(cut.folder->path(), *cut.keychain); };
        const auto core =
            Core::openWith(policies, nullptr, DataDirectory::open(cut.folder->path()).value(), Settings {}, m_clock, Opening::Look);
        QVERIFY2(core, core ? "" : qPrintable(core.error().detail));
        const quint32 before = (*core)->sealing.current().version;
        const auto rotated = (*core)->masterKeys.rotate(u"test"_s, m_clock.now());
        QVERIFY2(rotated, rotated ? "" : qPrintable(rotated.error().detail));
        again += remainsOf(cut.folder->path(), *cut.keychain);
        for (qsizetype i = 0; i < again.size(); ++i)
            startFrom(again[i], source, before + (i >= (source == MasterKeySource::Keychain ? 2 : 1) ? 1 : 0));
    }
}

void TestMasterKeyRotation::rotate_whereTheKeychainFails_startsAgain()
{
    open(MasterKeySource::Keychain);
    const QByteArray check = keyCheckValue(m_world->core->sealing.current().key);
    quint32 version = 1;
    for (const int good : {0, 2, 3}) { // to take the key; from the second time on: to forget the one before that, take it, give it back
        m_keychain->silentFrom = m_keychain->asked + good + 1;
        const auto rotated = rotate();
        QVERIFY(!rotated);
        QVERIFY2(rotated.error().detail.contains(u"did not answer"), qPrintable(rotated.error().detail));
        version = good == 3 ? 2 : 1;
        QCOMPARE(m_world->core->sealing.current().version, version);
        QVERIFY(m_world->isGood(m_pair.accessToken));
        m_keychain->silentFrom = -1;
        startFrom(remains(), MasterKeySource::Keychain, version);
    }
    QVERIFY(keyCheckValue(m_world->core->sealing.current().key) != check);
}

void TestMasterKeyRotation::rotate_besideKeysThatAreMade_missesNone()
{
    open(MasterKeySource::File);
    m_policies.masterKey.afterStep = {};
    reopen(m_policies);
    std::atomic<int> failed = 0;
    {
        std::jthread other([&] {
            for (int i = 0; i < 20; ++i)
                failed += m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()) ? 0 : 1;
        });
        for (int i = 0; i < 20; ++i)
            failed += rotate() ? 0 : 1;
    }
    QCOMPARE(failed, 0);
    reopen(m_policies); // opens every key, or refuses
    QCOMPARE(masterKeys().state().version, 21U);
    QVERIFY(m_world->isGood(m_pair.accessToken));
}

void TestMasterKeyRotation::rotate_besideADamagedKey_changesNothing()
{
    open(MasterKeySource::File);
    const QByteArray check = keyCheckValue(m_world->core->sealing.current().key);
    QVERIFY(m_world->database->write([](DbConnection &connection) {
        return connection.perform(u"UPDATE signing_keys SET sealed = substr(sealed, 1, 40) WHERE state = 'standby'"_s);
    }));
    const auto rotated = rotate();
    QVERIFY(!rotated);
    QVERIFY2(rotated.error().detail.contains(u"does not open"), qPrintable(rotated.error().detail));
    QCOMPARE(MasterKeyStore::find(m_world->database->reader()).value()->check, check);
    QCOMPARE(keyCheckValue(loadMasterKey(file(), false).value()), check);
    QVERIFY(m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()).error().detail.contains(u"does not open"));
}

void TestMasterKeyRotation::rotate_ofWhatIsOnlyRead_isRefused()
{
    open(MasterKeySource::File);
    const QByteArray key = m_world->core->sealing.current().key.view().toByteArray();
    m_policies.masterKey.environment = SecretBytes(key.toBase64());
    QVERIFY(QFile::remove(file()));
    reopen(m_policies);
    const auto rotated = rotate();
    QCOMPARE(rotated.error().code, ErrorCode::Conflict);
    QVERIFY2(rotated.error().detail.contains(u"only reads the variable WARDER_MASTER_KEY"), qPrintable(rotated.error().detail));
    m_world.reset();
    m_policies.masterKey.environment = {};
    QVERIFY(writeMasterKey(file(u"elsewhere"_s), SecretBytes(key)) && QFile::link(file(u"elsewhere"_s), file()));
    reopen(m_policies);
    QVERIFY2(rotate().error().detail.contains(u"is a link or belongs to another user"), qPrintable(rotate().error().detail));
}

void TestMasterKeyRotation::formerKey_opensNothing()
{
    open(MasterKeySource::File);
    QVERIFY(QFile::copy(file(), file(u"former"_s)));
    QVERIFY(rotate());
    m_world.reset();
    QVERIFY(QFile::remove(file()) && QFile::rename(file(u"former"_s), file()));
    m_policies.masterKey.afterStep = {};
    const auto core =
        Core::openWith(m_policies, nullptr, DataDirectory::open(m_folder->path()).value(), Settings {}, m_clock, Opening::Serve);
    QVERIFY(!core);
    QVERIFY2(core.error().detail.contains(u"is not the master key this database was sealed with"), qPrintable(core.error().detail));
}

void TestMasterKeyRotation::move_thereAndBack()
{
    open(MasterKeySource::File);
    const QString code = masterKeys().state().checkCode;
    const auto there = move(MasterKeySource::Keychain);
    QVERIFY2(there, qPrintable(there.error().detail));
    QCOMPARE(there->source, MasterKeySource::Keychain);
    QCOMPARE(there->checkCode, code);
    QVERIFY(pointsToKeychain(file()));
    reopen(m_policies);
    QCOMPARE(masterKeys().source(), MasterKeySource::Keychain);
    QCOMPARE(move(MasterKeySource::File).value().source, MasterKeySource::File);
    QVERIFY(m_keychain->entries.isEmpty());
    QCOMPARE(move(MasterKeySource::File).value().source, MasterKeySource::File); // it is there already
    reopen(m_policies);
    QVERIFY(m_world->isGood(m_pair.accessToken));
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, audit::masterKeyMoved, 9).value().size(), 2);
}

void TestMasterKeyRotation::move_cutShort_startsAgain_data() { rotate_sealsEverythingAnew_data(); }

void TestMasterKeyRotation::move_cutShort_startsAgain()
{
    QFETCH(MasterKeySource, source);
    const MasterKeySource to = source == MasterKeySource::File ? MasterKeySource::Keychain : MasterKeySource::File;
    open(source);
    QVERIFY(move(to));
    m_cuts += remains();
    QVERIFY2(m_cuts.size() >= 3, qPrintable(QString::number(m_cuts.size())));
    int moved = 0;
    for (const Remains &left : m_cuts) {
        const bool isMoved = pointsToKeychain(left.folder->filePath(u"master.key"_s)) == (to == MasterKeySource::Keychain);
        moved += isMoved ? 1 : 0;
        startFrom(left, isMoved ? to : source, 1);
    }
    QVERIFY(moved >= 2 && moved < m_cuts.size());
}

void TestMasterKeyRotation::move_toAKeychainThatDoesNotWork_leavesTheFile_data()
{
    QTest::addColumn<int>("mood");
    QTest::newRow("locked") << int(FakeKeychain::Mood::Locked);
    QTest::newRow("silent") << int(FakeKeychain::Mood::Silent);
    QTest::newRow("does not give it back") << int(FakeKeychain::Mood::Forgetful);
}

void TestMasterKeyRotation::move_toAKeychainThatDoesNotWork_leavesTheFile()
{
    QFETCH(int, mood);
    open(MasterKeySource::File);
    m_keychain->mood = FakeKeychain::Mood(mood);
    QVERIFY(!move(MasterKeySource::Keychain));
    QCOMPARE(masterKeys().source(), MasterKeySource::File);
    startFrom(remains(), MasterKeySource::File, 1);
}

void TestMasterKeyRotation::move_toACredential_needsTheKeyThere()
{
    m_policies.masterKey.credentials = m_folder->filePath(u"credentials"_s);
    QVERIFY(QDir(m_folder->path()).mkdir(u"credentials"_s));
    open(MasterKeySource::Keychain);
    const SecretBytes key = m_world->core->sealing.current().key;
    const QString credential = file(u"credentials/warder-master-key"_s);
    QVERIFY(move(MasterKeySource::Credential).error().detail.contains(u"is not there"));
    QVERIFY(writeMasterKey(credential, newMasterKey()));
    QVERIFY(move(MasterKeySource::Credential).error().detail.contains(u"has another key"));
    QCOMPARE(masterKeys().source(), MasterKeySource::Keychain);
    QVERIFY(writeMasterKey(credential, key));
    QCOMPARE(move(MasterKeySource::Credential).value().source, MasterKeySource::Credential);
    QVERIFY(!QFile::exists(file()) && m_keychain->entries.isEmpty());
    reopen(m_policies);
    QVERIFY(m_world->isGood(m_pair.accessToken));
    const auto back = move(MasterKeySource::File); // as long as the credential is there, it goes before
    QCOMPARE(back.value().source, MasterKeySource::Credential);
    QCOMPARE(back->alsoAt.size(), 1);
}

void TestMasterKeyRotation::move_whatIsRefused()
{
    m_policies.masterKey.sources = {MasterKeySource::File};
    open(MasterKeySource::File);
    const auto moved = move(MasterKeySource::Keychain);
    QCOMPARE(moved.error().code, ErrorCode::Conflict);
    QVERIFY(moved.error().detail.contains(u"leaves keychain out"));
    QCOMPARE(m_keychain->asked, 0);
}

void TestMasterKeyRotation::sealedOfBefore_opens_andIsSealedAnew()
{
    open(MasterKeySource::File);
    QVERIFY(m_world->database->write([this](DbConnection &connection) -> Result<void> {
        const auto keys = KeyStore::all(connection);
        for (const SealedKey &key : keys.value()) {
            const QByteArray context = u"signing_keys|%1|%2|%3"_s.arg(key.key.kid, nameOf(key.key.purpose), nameOf(key.algorithm)).toUtf8();
            const auto plain = m_world->sealer.open(key.sealed, context).value();
            const QByteArray former = sealedAsBefore(m_world->core->sealing.current().key, plain.view(), context);
            if (const auto done = connection.perform(u"UPDATE signing_keys SET sealed = ? WHERE kid = ?"_s, {former, key.key.kid}); !done)
                return done;
        }
        return connection.perform(u"DELETE FROM facts WHERE key = 'master_key_version'"_s);
    }));
    reopen(m_policies);
    QVERIFY(m_world->isGood(m_pair.accessToken));
    QCOMPARE(masterKeys().state().version, 1U);
    QCOMPARE(rotate().value().version, 2U);
    const auto keys = KeyStore::all(m_world->database->reader()).value();
    for (const SealedKey &key : keys)
        QCOMPARE(key.sealed.first(5).toHex(), "0200000002"_ba);
    reopen(m_policies);
    QVERIFY(m_world->isGood(m_pair.accessToken));
}

void TestMasterKeyRotation::import_putsALostKeyBack()
{
    open(MasterKeySource::Keychain);
    const QString text = masterKeys().exportText(u"test"_s, m_clock.now()).value();
    m_keychain->entries.clear();
    QString mistyped = text;
    mistyped[3] = mistyped[3] == u'A' ? u'B' : u'A';
    const auto import = [this](const QString &given, std::optional<MasterKeySource> to = {}) {
        return masterKeys().import(given, to, u"test"_s, m_clock.now());
    };
    QVERIFY(import(mistyped).error().detail.contains(u"character 4 is mistyped"));
    QVERIFY(import(QString::fromLatin1(QByteArray(32, 'x').toBase64())).error().detail.contains(u"not the one of this database"));
    QVERIFY(m_keychain->entries.isEmpty());
    QCOMPARE(import(text).value().source, MasterKeySource::Keychain);
    startFrom(remains(), MasterKeySource::Keychain, 1);
    QCOMPARE(import(text, MasterKeySource::File).value().source, MasterKeySource::File);
}

QTEST_GUILESS_MAIN(TestMasterKeyRotation)
#include "TestMasterKeyRotation.moc"

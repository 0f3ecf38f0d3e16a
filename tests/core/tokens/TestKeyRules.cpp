#include "core/crypto/CryptoLibraries.h"
#include "core/tokens/KeyRules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr TimePoint now {std::chrono::years {57}};

} // namespace

/// Each state, and what each move makes of it.
class TestKeyRules : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void moves_data();
    void moves();
    void whoStepsDown_standsByOnlyIfItSignedNothing_data();
    void whoStepsDown_standsByOnlyIfItSignedNothing();
    void refusals_nameTheKey();

private:
    SigningKey key(KeyState state, std::optional<TimePoint> verifyUntil, bool signedBefore, SignatureAlgorithm algorithm) const
    {
        return {.kid = u"the-key"_s,
                .state = state,
                .material = KeyMaterial::generate(algorithm).value(),
                .createdAt = now - days {100},
                .activatedAt = signedBefore ? std::optional(now - days {90}) : std::nullopt,
                .retiredAt = verifyUntil ? std::optional(now - days {1}) : std::nullopt,
                .verifyUntil = verifyUntil,
                .revokedAt = state == KeyState::Revoked ? std::optional(now - days {1}) : std::nullopt};
    }

    CryptoLibraries m_libraries;
};

void TestKeyRules::moves_data()
{
    using enum KeyState;
    using enum SignatureAlgorithm;
    using Leads = std::optional<KeyRules::Outcome>; // outer nothing: not permitted; inner: the key is gone
    QTest::addColumn<SigningKey>("key");
    QTest::addColumn<QList<int>>("leads"); // of rotate, revoke, restore, remove
    const auto row = [this](const char *name, KeyState state, std::optional<TimePoint> until, bool used, SignatureAlgorithm algorithm,
                            const std::array<Leads, 4> &leads) {
        QList<int> codes;
        for (const Leads &one : leads)
            codes += !one ? -2 : !*one ? -1 : int(**one);
        QTest::newRow(name) << key(state, until, used, algorithm) << codes;
    };
    const Leads no;
    const Leads gone {std::in_place, std::nullopt};
    const std::optional<TimePoint> never;
    row("standby", Standby, never, false, ES256, {no, Revoked, no, no});
    row("standby of another algorithm", Standby, never, false, EdDSA, {no, Revoked, no, no});
    row("current", Current, never, true, ES256, {Retiring, Revoked, no, no});
    row("current, which has signed nothing", Current, never, false, ES256, {Retiring, Revoked, no, no});
    row("current of another algorithm", Current, never, true, EdDSA, {Retiring, Revoked, no, no});
    row("retiring, a ms before its end", Retiring, now + 1ms, true, ES256, {no, Revoked, Current, no});
    row("retiring of another algorithm", Retiring, now + 1ms, true, EdDSA, {no, Revoked, Current, no});
    row("retiring, exactly at its end", Retiring, now, true, ES256, {no, Revoked, no, gone});
    row("retiring, long past its end", Retiring, now - days {9}, true, ES256, {no, Revoked, no, gone});
    row("revoked, a ms before its end", Revoked, now + 1ms, true, ES256, {no, no, Retiring, gone});
    row("revoked of another algorithm", Revoked, now + 1ms, true, EdDSA, {no, no, Retiring, gone});
    row("revoked, exactly at its end", Revoked, now, true, ES256, {no, no, no, gone});
    row("revoked, having signed nothing", Revoked, never, false, ES256, {no, no, Standby, gone});
    const auto former = [this](const char *name, KeyState state, TimePoint until, const std::array<Leads, 4> &leads) {
        SigningKey secret = key(state, until, false, HS256);
        secret.purpose = KeyPurpose::Former;
        QList<int> codes;
        for (const Leads &one : leads)
            codes += !one ? -2 : !*one ? -1 : int(**one);
        QTest::newRow(name) << secret << codes;
    };
    former("former, a ms before its end", Retiring, now + 1ms, {no, Revoked, no, no});
    former("former, at its end", Retiring, now, {no, Revoked, no, gone});
    former("former, revoked", Revoked, now + 1ms, {no, no, Retiring, gone});
    former("former, revoked, at its end", Revoked, now, {no, no, no, gone});
    row("revoked, having signed nothing, of another algorithm", Revoked, never, false, EdDSA, {no, no, no, gone});
}

void TestKeyRules::moves()
{
    QFETCH(const SigningKey, key);
    QFETCH(const QList<int>, leads);
    const KeyRing ring {.keys = {key}, .accessAlgorithm = SignatureAlgorithm::ES256};
    QList<int> got;
    QList<KeyMove> permitted;
    for (const KeyMove move : {KeyMove::Rotate, KeyMove::Revoke, KeyMove::Restore, KeyMove::Remove}) {
        const auto outcome = KeyRules::outcomeOf(move, key, ring, now);
        got += !outcome ? -2 : !*outcome ? -1 : int(**outcome);
        if (outcome)
            permitted += move;
        else
            QCOMPARE(outcome.error().code, ErrorCode::Conflict);
    }
    QCOMPARE(got, leads);
    QCOMPARE(KeyRules::movesOf(key, ring, now), permitted);
}

void TestKeyRules::whoStepsDown_standsByOnlyIfItSignedNothing_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("used");
    QTest::addColumn<KeyState>("becomes");
    QTest::newRow("signed") << true << true << KeyState::Retiring;
    QTest::newRow("signed nothing") << true << false << KeyState::Standby;
    QTest::newRow("of before this start, which nobody watched") << false << false << KeyState::Retiring;
}

void TestKeyRules::whoStepsDown_standsByOnlyIfItSignedNothing()
{
    QFETCH(const bool, known);
    QFETCH(const bool, used);
    SigningKey current = key(KeyState::Current, {}, true, SignatureAlgorithm::ES256);
    if (known)
        current.used = std::make_shared<std::atomic<bool>>(used);
    QTEST(KeyRules::whenDisplaced(current), "becomes");
}

void TestKeyRules::refusals_nameTheKey()
{
    const SigningKey standby = key(KeyState::Standby, {}, false, SignatureAlgorithm::ES256);
    const KeyRing ring {.keys = {standby}};
    for (const KeyMove move : {KeyMove::Rotate, KeyMove::Restore, KeyMove::Remove})
        QVERIFY(KeyRules::outcomeOf(move, standby, ring, now).error().detail.startsWith(u"the key the-key "_s));
}

QTEST_GUILESS_MAIN(TestKeyRules)
#include "TestKeyRules.moc"

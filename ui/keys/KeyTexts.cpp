#include "ui/keys/KeyTexts.h"

#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

namespace warder {
namespace {

QString rotation(const KeyView &key)
{
    return key.rotatesAt ?
                         //: Second sentence about a key that signs; %1 is a time.
               KeyTexts::tr("Another one takes its place at %1.").arg(Times::brief(*key.rotatesAt))
                         :
                         //: Second sentence about a key that signs.
               KeyTexts::tr("It signs until somebody rotates it.");
}

QString sinceWhen(const KeyView &key) { return Times::brief(key.activatedAt.value_or(key.createdAt)); }

} // namespace

QString KeyTexts::life(const KeyView &key)
{
    const QString purpose = UiTexts::keyPurpose(key.purpose);
    switch (key.state) {
    case KeyState::Standby:
        //: About a key: its id, and what it will sign ("Access tokens").
        return tr("%1 (%2) stands by: it signs after the next rotation.").arg(key.kid, purpose);
    case KeyState::Current:
        //: About a key: its id, what it signs ("Access tokens"), a time. Another sentence follows.
        return tr("%1 (%2) signs since %3.").arg(key.kid, purpose, sinceWhen(key)) + u' ' + rotation(key);
    case KeyState::Retiring:
        if (key.purpose == KeyPurpose::Former)
            //: About the secret of a former backend: its id, and a time.
            return tr("%1 verifies tokens of the former backend until %2.")
                .arg(key.kid, Times::brief(key.verifyUntil.value_or(key.createdAt)));
        //: About a key: its id, what it signed ("Access tokens"), and three times.
        return tr("%1 (%2) signed from %3 to %4, and verifies until %5.")
            .arg(key.kid, purpose, sinceWhen(key), Times::brief(key.retiredAt.value_or(key.createdAt)),
                 Times::brief(key.verifyUntil.value_or(key.createdAt)));
    case KeyState::Revoked:
        //: About a key: its id, and what it signed ("Access tokens").
        return tr("%1 (%2) is revoked: nothing it signed is accepted.").arg(key.kid, purpose);
    }
    Q_UNREACHABLE_RETURN({});
}

QString KeyTexts::algorithm(const KeyView &key)
{
    //: Algorithm of the key that signs, and that of the one which follows it: "ES256, then EdDSA".
    return key.nextAlgorithm ? tr("%1, then %2").arg(key.algorithm, *key.nextAlgorithm) : key.algorithm;
}

std::optional<TimePoint> KeyTexts::turn(const KeyView &key)
{
    switch (key.state) {
    case KeyState::Standby:
    case KeyState::Revoked:  return {};
    case KeyState::Current:  return key.rotatesAt;
    case KeyState::Retiring: return key.verifyUntil;
    }
    Q_UNREACHABLE_RETURN({});
}

QString KeyTexts::outlook(const KeyView &key, TimePoint now)
{
    switch (key.state) {
    case KeyState::Revoked: return QStringLiteral("–");
    case KeyState::Standby:
        //: When a key may be revoked without signing anyone out: from now on, since it has not been used.
        return tr("safe now: signed nothing");
    case KeyState::Current:
        if (!key.rotatesAt)
            //: When another key will take the place of one that signs: it will not by itself.
            return tr("rotates by hand only");
        if (*key.rotatesAt <= now)
            //: When another key will take the place of one that signs: it is due.
            return tr("rotates within minutes");
        //: When another key will take the place of one that signs; %1 is such as "in 90 days".
        return tr("rotates %1").arg(Times::until(*key.rotatesAt, now));
    case KeyState::Retiring:
        if (!key.verifyUntil || *key.verifyUntil <= now)
            //: When a key may be revoked without signing anyone out: from now on.
            return tr("safe now: nothing is alive");
        if (key.purpose == KeyPurpose::Former)
            //: When the tokens of a former backend are refused; %1 is such as "in 7 min".
            return tr("ends %1").arg(Times::until(*key.verifyUntil, now));
        //: When a key may be revoked without signing anyone out; %1 is such as "in 7 min".
        return tr("safe %1").arg(Times::until(*key.verifyUntil, now));
    }
    Q_UNREACHABLE_RETURN({});
}

QString KeyTexts::sessions(const KeyView &key)
{
    if (key.purpose == KeyPurpose::Csrf)
        //: Explains a number of sessions beside a key for CSRF tokens.
        return tr("So many live sessions at most hold a token that it signed.");
    //: Explains a number of sessions beside a key.
    return tr("So many live sessions hold a token that it signed.");
}

QString KeyTexts::change(const QList<KeyView> &ring)
{
    const auto key = std::ranges::find_if(ring, [](const KeyView &one) { return one.nextAlgorithm.has_value(); });
    if (key == ring.end())
        return {};
    //: A setting was changed: what a key signs ("Access tokens"), and the names of the old and the new algorithm.
    return tr("%1 are signed with %2 until the next rotation, and with %3 from then on.")
        .arg(UiTexts::keyPurpose(key->purpose), key->algorithm, *key->nextAlgorithm);
}

} // namespace warder

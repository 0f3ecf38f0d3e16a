#include "ui/keys/KeyEffects.h"

#include "ui/keys/KeyTexts.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <array>

namespace warder {
namespace {

QString afterEachOther(const QStringList &sentences) { return sentences.join(u' ').trimmed(); }

const KeyView *inState(KeyState state, KeyPurpose purpose, const QList<KeyView> &ring)
{
    const auto fits = [=](const KeyView &key) { return key.state == state && key.purpose == purpose; };
    const auto found = std::ranges::find_if(ring, fits);
    return found == ring.end() ? nullptr : &*found;
}

QString rotation(const KeyView &key, const QList<KeyView> &ring, qsizetype lacking)
{
    QStringList said;
    if (const KeyView *next = inState(KeyState::Standby, key.purpose, ring))
        //: What follows when a key is rotated; %1 is the id of the next one.
        said += KeyEffects::tr("%1, which is published already, signs from now on.").arg(next->kid);
    else
        //: What follows when a key is rotated.
        said += KeyEffects::tr("A new key signs from now on.");
    if (key.nextAlgorithm)
        //: What follows when a key is rotated; %1 is the name of an algorithm.
        said += KeyEffects::tr("It is the first one for %1.").arg(*key.nextAlgorithm);
    //: What follows when a key is rotated.
    said += KeyEffects::tr("Nobody is signed out: the old key goes on verifying what it signed until that has expired.");
    if (lacking > 0)
        //: A warning before a key is rotated: those who verify tokens have not fetched the next key yet.
        said += KeyEffects::tr("%Ln consumer(s) of the public keys lack it: they refuse new tokens until they fetch again.", nullptr,
                               int(lacking));
    return afterEachOther(said);
}

QString revocation(const KeyView &key)
{
    QStringList said;
    if (key.state == KeyState::Current)
        //: What follows when the key that signs now is revoked, before what follows for its tokens.
        said += KeyEffects::tr("Another key signs from now on.");
    switch (key.purpose) {
    case KeyPurpose::Access:
        //: What follows when a key for access tokens is revoked.
        said += KeyEffects::tr("Its access tokens stop working at once: %Ln session(s) must refresh. Nobody has to sign in again.", nullptr,
                               int(key.sessions));
        break;
    case KeyPurpose::Refresh:
        //: What follows when a key for refresh tokens is revoked.
        said += KeyEffects::tr("Its refresh tokens stop working at once: %Ln session(s) must sign in again, also if this is taken back.",
                               nullptr, int(key.sessions));
        break;
    case KeyPurpose::Csrf:
        //: What follows when a key for CSRF tokens is revoked.
        said += KeyEffects::tr("Its CSRF tokens stop working at once: pages of %Ln session(s) get another one when they are loaded again. "
                               "Nobody has to sign in again.",
                               nullptr, int(key.sessions));
        break;
    case KeyPurpose::Former:
        //: What follows when the secret of a former backend is revoked.
        said += KeyEffects::tr("Tokens of the former backend stop working at once: who has no other must sign in.");
        break;
    }
    return afterEachOther(said);
}

QString secondThoughts(const KeyView &key, std::optional<KeyState> to, const QList<KeyView> &ring)
{
    const QString standby = inState(KeyState::Standby, key.purpose, ring)
                                //: What follows when a key stands by again.
                                ? KeyEffects::tr("The key that stands by now is revoked, having signed nothing.")
                                : QString();
    const KeyView *current = inState(KeyState::Current, key.purpose, ring);
    switch (to.value_or(key.state)) {
    case KeyState::Standby:
        //: What follows when the revocation of a key is taken back.
        return afterEachOther({KeyEffects::tr("It signs after the next rotation, as before."), standby});
    case KeyState::Current:
        if (!current)
            break;
        if (current->displacedTo == KeyState::Standby)
            //: What follows when a rotation is taken back; %1 is the id of the key that signs now.
            return afterEachOther(
                {KeyEffects::tr("It signs again. %1, which signs now, has signed nothing yet and stands by again.").arg(current->kid),
                 standby});
        //: What follows when a rotation is taken back; %1 is the id of the key that signs now.
        return KeyEffects::tr("It signs again. %1, which signs now, goes on verifying what it signed until that has expired.")
            .arg(current->kid);
    case KeyState::Retiring:
    case KeyState::Revoked:  break;
    }
    //: What follows when the revocation of a key is taken back; %1 is a time.
    const QString accepted =
        KeyEffects::tr("What it signed is accepted again until %1.").arg(Times::brief(key.verifyUntil.value_or(key.createdAt)));
    return key.purpose != KeyPurpose::Refresh
               ? accepted
               //: What stays when the revocation of a key is taken back.
               : afterEachOther({accepted, KeyEffects::tr("Sessions that its revocation ended stay ended.")});
}

} // namespace

std::optional<KeyMoveView> KeyEffects::moveOf(const KeyView &key, KeyMove move)
{
    const auto found = std::ranges::find(key.moves, move, &KeyMoveView::move);
    return found == key.moves.end() ? std::nullopt : std::optional(*found);
}

Confirmation KeyEffects::before(const KeyView &key, const KeyMoveView &move, const QList<KeyView> &ring, qsizetype lacking)
{
    const QString purpose = UiTexts::keyPurpose(key.purpose);
    switch (move.move) {
    case KeyMove::Rotate:
        return {//: Question before a key is rotated: what it signs ("Access tokens"), and its id.
                .question = tr("Rotate the key %2 (%1)?").arg(purpose, key.kid),
                .effect = rotation(key, ring, lacking),
                //: Button: another key signs.
                .action = tr("Rotate")};
    case KeyMove::Revoke:
        return {//: Question before a key is revoked: what it signs ("Access tokens"), and its id.
                .question = tr("Revoke the key %2 (%1)?").arg(purpose, key.kid),
                .effect = revocation(key),
                //: Button: revokes a key.
                .action = tr("Revoke")};
    case KeyMove::Restore:
        return {//: Question before the rotation or revocation of a key is taken back: what it signs ("Access tokens"), and its id.
                .question = tr("Restore the key %2 (%1)?").arg(purpose, key.kid),
                .effect = secondThoughts(key, move.to, ring),
                //: Button: takes back that a key was rotated or revoked.
                .action = tr("Restore")};
    case KeyMove::Remove:
        return {//: Question before a key is deleted: what it signed ("Access tokens"), and its id.
                .question = tr("Delete the key %2 (%1)?").arg(purpose, key.kid),
                //: What follows when a key is deleted.
                .effect = tr("Nothing it signed is accepted any more. This cannot be undone."),
                //: Button: deletes a key.
                .action = tr("Delete")};
    }
    Q_UNREACHABLE_RETURN({});
}

QString KeyEffects::rotated(const KeyView &fresh)
{
    //: Said after a key was rotated: what the new key signs ("Access tokens"), and its id.
    return tr("%1 are signed with %2 from now on. Nobody was signed out: the key before it goes on verifying what it signed until that has "
              "expired.")
        .arg(UiTexts::keyPurpose(fresh.purpose), fresh.kid);
}

QString KeyEffects::revoked(const KeyView &revoked, qint64 seen)
{
    //: Said after a key for refresh tokens was revoked; %1 is its id.
    const QString ofRefresh = tr("%1 is revoked: %Ln session(s) ended.", nullptr, int(revoked.sessions));
    //: Said after a key for access tokens was revoked; %1 is its id.
    const QString ofAccess = tr("%1 is revoked: %Ln session(s) must refresh.", nullptr, int(revoked.sessions));
    //: Said after a key for CSRF tokens was revoked; %1 is its id.
    const QString ofCsrf = tr("%1 is revoked: pages of %Ln session(s) get another CSRF token.", nullptr, int(revoked.sessions));
    //: Said after the secret of a former backend was revoked; %1 is its id.
    const QString ofFormer = tr("%1 is revoked: tokens of the former backend are refused.");
    const std::array byPurpose {ofAccess, ofRefresh, ofCsrf, ofFormer};
    QStringList said {byPurpose.at(size_t(revoked.purpose)).arg(revoked.kid)};
    if (revoked.sessions != seen)
        //: Said after that, if the number is another one than in the question.
        said += tr("It was %Ln session(s) when you were asked.", nullptr, int(seen));
    return afterEachOther(said);
}

QString KeyEffects::restored(const KeyRestored &answer)
{
    //: Said after a rotation or revocation was taken back: the key's id, and its state ("Signing").
    QStringList said {tr("%1 is restored: %2.").arg(answer.key.kid, UiTexts::keyState(answer.key.state))};
    if (answer.displaced)
        //: Said after that: the id of the key in whose place it signs, and the state of that one ("Standby").
        said += tr("%1, in whose place it signs, is now: %2.").arg(answer.displaced->kid, UiTexts::keyState(answer.displaced->state));
    if (answer.ended > 0)
        //: Said after the revocation of a key was taken back.
        said += tr("%Ln session(s) that its revocation ended stay ended.", nullptr, int(answer.ended));
    return afterEachOther(said);
}

//: Said after a key was deleted; %1 is its id.
QString KeyEffects::removed(const KeyView &key) { return tr("%1 is deleted.").arg(key.kid); }

//: Said in place of a question; %1 is the id of a key.
QString KeyEffects::noMore(const QString &kid) { return tr("%1 does not permit that any more: its state has changed.").arg(kid); }

QString KeyEffects::beforeImport()
{
    //: What follows when a private key is imported.
    return tr(
        "It stands by: from the next rotation on it signs access tokens. The key that stands by now is revoked, having signed nothing. "
        "Rotate not before everybody who verifies has it; caches of the public keys may keep them for five minutes.");
}

QString KeyEffects::beforeImportOfFormer()
{
    //: What follows when the secret of another program is imported, whose tokens people still have. GET /me is an address of this server.
    return tr(
        "Who is signed in at the former backend is known to GET /me until its token expires, and can do nothing else with it. As long as "
        "that lasts, whoever knows the secret can read GET /me in anybody's name. A secret of fewer than 32 bytes can be guessed by "
        "whoever has one of its tokens.");
}

QString KeyEffects::imported(const KeyView &key)
{
    if (key.purpose == KeyPurpose::Former)
        return KeyTexts::life(key);
    //: Said after a private key was imported: its id.
    return tr("%1 stands by: it signs access tokens after the next rotation.").arg(key.kid);
}

} // namespace warder

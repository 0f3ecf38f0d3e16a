#include "ui/keys/KeysPage.h"

#include "ui/keys/KeyTimeline.h"
#include "ui/support/Ask.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// Current keys first, and of these access before refresh before CSRF.
int rank(const KeyView &key)
{
    using enum KeyState;
    constexpr std::array order {Current, Standby, Retiring, Revoked};
    return int(std::ranges::find(order, key.state) - order.begin()) * int(namesOf<KeyPurpose>.size()) + int(key.purpose);
}

QString safeToRevoke(const KeyView &key, TimePoint now)
{
    if (key.state == KeyState::Revoked)
        return u"–"_s;
    if (key.state == KeyState::Standby)
        //: When a key may be revoked without signing anyone out: from now on, since it has not been used.
        return KeysPage::tr("now: it has signed nothing yet");
    if (!key.verifyUntil)
        //: When a key may be revoked without signing anyone out: not while it signs.
        return KeysPage::tr("not while it signs");
    if (*key.verifyUntil <= now)
        //: When a key may be revoked without signing anyone out: from now on.
        return KeysPage::tr("now: nothing it signed is alive");
    return Times::together(Times::brief(*key.verifyUntil), Times::until(*key.verifyUntil, now));
}

QList<Column<KeyView>> columns()
{
    using Row = const KeyView &;
    return {
        //: Column title: what a key is used for at the moment.
        {.title = KeysPage::tr("State"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return UiTexts::keyState(row.state); },
         .tone = [](Row row) { return UiTexts::keyTone(row.state); }},
        //: Column title: what a key signs.
        {.title = KeysPage::tr("Signs"), .characters = 18, .text = [](Row row, TimePoint) { return UiTexts::keyPurpose(row.purpose); }},
        //: Column title: the key id as it stands in the header of a token.
        {.title = KeysPage::tr("Key id (kid)"),
         .characters = 30,
         .text = [](Row row, TimePoint) { return row.kid; },
         .tip = [](Row row) { return row.kid; }},
        //: Column title: the signature algorithm.
        {.title = KeysPage::tr("Algorithm"), .characters = 13, .text = [](Row row, TimePoint) { return row.algorithm; }},
        //: Column title: how old a key is.
        {.title = KeysPage::tr("Age"),
         .characters = 12,
         .text = [](Row row, TimePoint now) { return Times::lasting(now - row.createdAt); },
         .time = &KeyView::createdAt,
         .number = [](Row row) { return -toMilliseconds(row.createdAt); }},
        //: Column title: from when on a key may be revoked without signing anyone out.
        {.title = KeysPage::tr("Safe to revoke"), .characters = 30, .text = safeToRevoke, .time = &KeyView::verifyUntil},
    };
}

} // namespace

KeysPage::KeysPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Keys"), /*: What a page shows. */ tr("What signs tokens now, and what still verifies older ones."), parent),
      m_model(new RowsModel<KeyView>(context.clock, columns(), this))
{
    build();
    adopt(*m_table);
    connect(m_table, &DataTable::selectionMoved, this, &KeysPage::showSelected);
    connect(m_copy, &QPushButton::clicked, this, &KeysPage::copyKid);
    connect(m_revoke, &QPushButton::clicked, this, &KeysPage::revoke);
    showSelected();
}

QPushButton *KeysPage::makeRotate(KeyPurpose purpose, const QString &text)
{
    auto *button = new QPushButton(icon(u"rotate"_s), text, this);
    //: Tool tip of the buttons that make a new signing key.
    button->setToolTip(tr("A new key signs from now on. Nobody is signed out: the old one verifies until its last token has expired."));
    connect(button, &QPushButton::clicked, this, [this, button, purpose] { rotate(button, purpose); });
    return button;
}

void KeysPage::build()
{
    //: Button: makes a new key for access tokens.
    addControl(makeRotate(KeyPurpose::Access, tr("Rotate &access key")));
    //: Button: makes a new key for refresh tokens.
    addControl(makeRotate(KeyPurpose::Refresh, tr("Rotate &refresh key")));
    //: Title above the timeline of keys.
    auto *lives = new Panel(tr("Lives of the keys"), this);
    m_timeline = new KeyTimeline(lives);
    lives->body()->addWidget(m_timeline);
    //: Explains a picture of bars: solid ones and light ones.
    auto *legend = quietLabel(tr("solid: signs · light: verifies only · outline: signs next"), lives);
    legend->setWordWrap(false);
    lives->addToTitle(legend);
    body()->addWidget(lives);
    //: Title above the table of keys.
    auto *ring = new Panel(tr("Key ring"), this);
    ring->setFlush();
    //: Button: copies the id of the selected key.
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy key &id"), ring);
    ring->addToTitle(m_copy);
    //: Button: makes the selected key useless at once. The dots say that a question follows.
    m_revoke = new QPushButton(tr("Re&voke key…"), ring);
    ring->addToTitle(m_revoke);
    //: Name of the table of keys, for screen readers and as a file name.
    m_table = new DataTable(tr("Key ring"), u"keys"_s, ring);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    ring->body()->addWidget(m_table);
    body()->addWidget(ring, 1);
    //: Explains what rotating a key does.
    body()->addWidget(quietLabel(
        tr("Rotating signs nobody out: the standby key, which frontends that verify with the JWKS know already, signs at once, and "
           "the old one goes on verifying until the last token it signed has expired. Revoking is for a key that has leaked: "
           "what it signed stops working with the next request. From “safe to revoke” on, an old key has no work left."),
        this));
}

void KeysPage::refresh()
{
    giveOnce(ListKeys {}, [this](const QList<KeyView> &keys) { showKeys(keys); });
}

void KeysPage::showKeys(QList<KeyView> keys)
{
    std::ranges::stable_sort(keys, std::less(), [](const KeyView &key) { return std::pair(rank(key), -toMilliseconds(key.createdAt)); });
    m_model->updateTo(keys, &KeyView::kid);
    m_timeline->present(m_model->rows(), now());
    showSelected();
}

void KeysPage::apply(const QList<Change> &changes)
{
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<KeysChanged>(change); }))
        refresh();
}

void KeysPage::everySecond()
{
    m_model->refreshAges();
    m_timeline->present(m_model->rows(), now());
}

QWidget *KeysPage::firstControl() { return m_table; }

const KeyView *KeysPage::selected() const { return m_model->rowAt(m_table->selectedRows().value(0, -1)); }

void KeysPage::showSelected()
{
    const KeyView *key = selected();
    m_copy->setEnabled(key);
    m_revoke->setEnabled(key && key->state != KeyState::Revoked);
}

void KeysPage::copyKid()
{
    if (const KeyView *key = selected())
        QGuiApplication::clipboard()->setText(key->kid);
}

QString KeysPage::effectOf(const KeyView &key)
{
    QString effect;
    if (key.state == KeyState::Current)
        //: What follows when the key that signs now is revoked, before what follows for its tokens.
        effect = tr("Another key signs from now on.") + u' ';
    if (key.purpose == KeyPurpose::Refresh)
        //: What follows when a key for refresh tokens is revoked.
        effect += tr("Its refresh tokens stop working at once: %Ln session(s) must sign in again.", nullptr, int(key.sessions));
    else if (key.purpose == KeyPurpose::Csrf)
        //: What follows when a key for CSRF tokens is revoked.
        effect += tr("Its CSRF tokens stop working at once: pages of %Ln session(s) get another one when they are loaded again. Nobody "
                     "has to sign in again.",
                     nullptr, int(key.sessions));
    else if (key.purpose == KeyPurpose::Former)
        //: What follows when the secret of a former backend is revoked.
        effect += tr("Tokens of the former backend stop working at once: who has no other must sign in.");
    else
        //: What follows when a key for access tokens is revoked.
        effect += tr("Its access tokens stop working at once: %Ln session(s) must refresh. Nobody has to sign in again.", nullptr,
                     int(key.sessions));
    return effect;
}

void KeysPage::revoke()
{
    const KeyView *key = selected();
    if (!key)
        return;
    m_revoke->setEnabled(false);
    ask(
        context().console.ask(ListKeys {}), this,
        [this, kid = key->kid](const QList<KeyView> &keys) {
            showKeys(keys);
            m_revoke->setFocus();
            const auto wanted = std::ranges::find(keys, kid, &KeyView::kid);
            if (wanted != keys.end() && wanted->state != KeyState::Revoked) // else somebody else was faster
                askToRevoke(*wanted);
        },
        [this](const Error &error) {
            showSelected();
            showError(error);
        });
}

void KeysPage::askToRevoke(const KeyView &key)
{
    const Confirmation confirmation {//: Question before a key is revoked: what it signs ("Access tokens"), and its id.
                                     .question = tr("Revoke the key %2 (%1)?").arg(UiTexts::keyPurpose(key.purpose), key.kid),
                                     .effect = effectOf(key),
                                     //: Button: revokes a key.
                                     .action = tr("Revoke")};
    confirm(this, confirmation, [this, key] { giveRevocation(key.kid, key.sessions); });
}

void KeysPage::giveRevocation(const QString &kid, qint64 seen)
{
    ask(
        context().console.ask(RevokeKey {.kid = kid}), this,
        [this, seen](const KeyView &revoked) {
            showRevoked(revoked, seen);
            refresh();
        },
        [this, kid, seen](const Error &error) {
            if (!error.ended)
                return showError(error);
            //: A key was revoked, and then something failed; %1 is its id. What failed follows.
            showError(error, tr("%1 is revoked, but not all that belongs to it is done.").arg(kid),
                      [this, kid, seen] { giveRevocation(kid, seen); });
        });
}

void KeysPage::showRevoked(const KeyView &revoked, qint64 seen)
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
    QString said = byPurpose.at(size_t(revoked.purpose)).arg(revoked.kid);
    if (revoked.sessions != seen)
        //: Said after that, if the number is another one than in the question.
        said += u' ' + tr("It was %Ln session(s) when you were asked.", nullptr, int(seen));
    Q_EMIT done(said);
}

void KeysPage::rotate(QPushButton *button, KeyPurpose purpose)
{
    button->setEnabled(false);
    ask(
        context().console.ask(RotateKey {.purpose = purpose}), this,
        [this, button](const KeyView &key) {
            button->setEnabled(true);
            button->setFocus();
            //: Said after a key was rotated: what the new key signs ("Access tokens"), and its id.
            Q_EMIT done(tr("%1 are signed with %2 from now on. Nobody was signed out: the key before it goes on verifying what it "
                           "signed until that has expired.")
                            .arg(UiTexts::keyPurpose(key.purpose), key.kid));
            refresh();
        },
        [this, button](const Error &error) {
            button->setEnabled(true);
            showError(error);
        });
}

} // namespace warder

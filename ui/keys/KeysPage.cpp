#include "ui/keys/KeysPage.h"

#include "ui/elsewhere/RemoteLine.h"
#include "ui/keys/KeyConsumers.h"
#include "ui/keys/KeyEffects.h"
#include "ui/keys/KeyImportDialog.h"
#include "ui/keys/KeyScheduleDialog.h"
#include "ui/keys/KeyTexts.h"
#include "ui/keys/KeyTimeline.h"
#include "ui/keys/KeyUndos.h"
#include "ui/keys/KeysModel.h"
#include "ui/keys/MasterKeyLine.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

// Seconds between two readings of what nobody tells: how many sessions a key has, and who has fetched the keys.
constexpr int betweenConsumers = 5;
constexpr int betweenRings = 3 * betweenConsumers;

} // namespace

KeysPage::KeysPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Keys"), /*: What a page shows. */ tr("What signs tokens now, and what still verifies older ones."), parent),
      m_model(new KeysModel(context.clock, this))
{
    build();
    adopt(*m_table);
    adopt(m_consumers->table());
    wire();
    showSelected();
}

void KeysPage::build()
{
    //: Button: asks for a private key that was made elsewhere. The dots say that a dialog follows.
    m_import = new QPushButton(icon(u"add"_s), tr("I&mport key…"), this);
    //: Button: says how long keys sign. The dots say that a dialog follows.
    m_schedule = new QPushButton(icon(u"rotate"_s), tr("S&chedule…"), this);
    addControl(m_schedule);
    addControl(m_import);
    body()->setSpacing(Space::small); // five parts have room in the smallest window
    body()->addWidget(makeLives());
    m_change = textLabel({}, this);
    m_change->hide();
    body()->addWidget(m_change);
    body()->addWidget(makeRing(), 5);
    m_consumers = new KeyConsumers(context().clock, this);
    body()->addWidget(m_consumers, 3);
    m_masterKey = new MasterKeyLine(this);
    body()->addWidget(m_masterKey);
}

QWidget *KeysPage::makeLives()
{
    //: Title above the timeline of keys.
    auto *lives = new Panel(tr("Lives of the keys"), this);
    m_timeline = new KeyTimeline(lives);
    lives->body()->addWidget(m_timeline);
    //: Explains a picture of bars: solid, light, outlined and hatched ones, and a mark.
    auto *legend = quietLabel(tr("solid: signs · light: verifies only · outline: signs next · hatched: revoked · ◆ rotates"), lives);
    legend->setWordWrap(false);
    lives->addToTitle(legend);
    return lives;
}

void KeysPage::addOrder(KeyMove move, const QString &text, const QString &tip, Panel &panel)
{
    auto *button = new QPushButton(text, &panel);
    button->setToolTip(tip);
    panel.addToTitle(button);
    m_orders += {.move = move, .button = button};
    connect(button, &QPushButton::clicked, this, [this, move] {
        if (const KeyView *key = selected())
            begin(move, key->kid);
    });
}

QWidget *KeysPage::makeRing()
{
    //: Title above the table of keys.
    auto *ring = new Panel(tr("Key ring"), this);
    ring->setFlush();
    //: Button: copies the id of the selected key.
    m_copy = new QPushButton(icon(u"copy"_s), tr("Copy key &id"), ring);
    ring->addToTitle(m_copy);
    //: Button: another key signs in place of the selected one. The dots say that a question follows.
    addOrder(KeyMove::Rotate, tr("Ro&tate…"), /*: Tool tip. */ tr("Let another key sign from now on. Nobody is signed out."), *ring);
    //: Button: makes the selected key useless at once. The dots say that a question follows.
    addOrder(KeyMove::Revoke, tr("Revo&ke…"), /*: Tool tip. */ tr("For a key that has leaked: nothing it signed is accepted any more."),
             *ring);
    //: Button: takes back that the selected key was rotated or revoked. The dots say that a question follows.
    addOrder(KeyMove::Restore, tr("Rest&ore…"), /*: Tool tip. */ tr("Take back that the key was rotated or revoked."), *ring);
    //: Button: deletes the selected key. The dots say that a question follows.
    addOrder(KeyMove::Remove, tr("&Delete…"), /*: Tool tip. */ tr("Delete a key that nothing alive was signed with (Delete)"), *ring);
    //: Name of the table of keys, for screen readers and as a file name.
    m_table = new DataTable(tr("Key ring"), u"keys"_s, ring);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    ring->body()->addWidget(m_table);
    return ring;
}

void KeysPage::wire()
{
    connect(m_table, &DataTable::selectionMoved, this, &KeysPage::showSelected);
    connect(m_copy, &QPushButton::clicked, this, &KeysPage::copyKid);
    connect(m_import, &QPushButton::clicked, this, &KeysPage::importKey);
    connect(m_schedule, &QPushButton::clicked, this, &KeysPage::changeSchedule);
    connect(m_masterKey, &MasterKeyLine::moveWanted, this, &KeysPage::moveMasterKey);
    connect(m_masterKey, &MasterKeyLine::rotationWanted, this, &KeysPage::rotateMasterKey);
    ButtonAction::of(*m_import)->setKey(QKeySequence::New);
    ButtonAction::of(*std::ranges::find(m_orders, KeyMove::Remove, &Order::move)->button)->setKeyIn(*m_table, QKeySequence::Delete);
}

void KeysPage::refresh()
{
    giveOnce(ListKeys {}, [this](const QList<KeyView> &keys) { showKeys(keys); });
    readConsumers();
    giveOnce(ReadMasterKey {}, [this](const MasterKeyView &key) { m_masterKey->present(key); });
}

void KeysPage::readConsumers()
{
    giveOnce(ListKeyConsumers {}, [this](const QList<KeyConsumerView> &consumers) { m_consumers->present(consumers, m_model->rows()); });
}

void KeysPage::showKeys(const QList<KeyView> &keys)
{
    m_model->present(keys);
    m_timeline->present(m_model->rows(), now());
    m_change->setText(KeyTexts::change(m_model->rows()));
    m_change->setVisible(!m_change->text().isEmpty());
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
    m_consumers->refreshAges();
    if (++m_seconds % betweenConsumers != 0)
        return;
    m_timeline->present(m_model->rows(), now()); // a second moves nothing there that anybody sees
    if (m_seconds % betweenRings == 0)
        refresh();
    else
        readConsumers();
}

QWidget *KeysPage::firstControl() { return m_table; }

const KeyView *KeysPage::selected() const { return m_model->rowAt(m_table->selectedRows().value(0, -1)); }

void KeysPage::showSelected()
{
    const KeyView *key = selected();
    m_copy->setEnabled(key);
    for (const auto &[move, button] : std::as_const(m_orders))
        button->setEnabled(!m_busy && key && KeyEffects::moveOf(*key, move));
}

void KeysPage::setBusy(bool busy)
{
    m_busy = busy;
    showSelected();
}

void KeysPage::copyKid()
{
    if (const KeyView *key = selected())
        QGuiApplication::clipboard()->setText(key->kid);
}

void KeysPage::begin(KeyMove move, const QString &kid)
{
    if (m_busy)
        return;
    const QPointer focused = focusWidget();
    setBusy(true);
    ask(
        context().console.ask(ListKeys {}), this,
        [=, this](const QList<KeyView> &keys) {
            setBusy(false);
            showKeys(keys);
            if (focused)
                focused->setFocus();
            const KeyView *key = m_model->find(kid);
            if (move == KeyMove::Rotate && key && key->purpose == KeyPurpose::Access)
                askConsumers(kid);
            else
                askAbout(move, kid, 0);
        },
        [this](const Error &error) {
            setBusy(false);
            showError(error);
        });
}

void KeysPage::askConsumers(const QString &kid)
{
    giveOrder(ListKeyConsumers {}, [this, kid](const QList<KeyConsumerView> &consumers) {
        m_consumers->present(consumers, m_model->rows());
        askAbout(KeyMove::Rotate, kid, KeyConsumers::lackingNext(consumers, m_model->rows()));
    });
}

void KeysPage::askAbout(KeyMove move, const QString &kid, qsizetype lacking)
{
    const KeyView *key = m_model->find(kid);
    const auto permitted = key ? KeyEffects::moveOf(*key, move) : std::nullopt;
    if (!permitted)
        return Q_EMIT done(KeyEffects::noMore(kid));
    confirm(this, KeyEffects::before(*key, *permitted, m_model->rows(), lacking), [this, move, key = *key] { give(move, key); });
}

void KeysPage::give(KeyMove move, const KeyView &key)
{
    switch (move) {
    case KeyMove::Rotate: return giveRotation(key);
    case KeyMove::Revoke: return giveRevocation(key.kid, key.sessions);
    case KeyMove::Restore:
        return giveOrder(RestoreKey {.kid = key.kid},
                         [this](const KeyRestored &answer) { tell(KeyEffects::restored(answer), KeyMove::Restore, {}); });
    case KeyMove::Remove:
        m_table->selectNextOnceGone();
        return giveOrder(RemoveKey {.kid = key.kid},
                         [this](const KeyView &removed) { tell(KeyEffects::removed(removed), KeyMove::Remove, {}); });
    }
}

/// Two in a row would be ahead of every cache of the public keys, so the server refuses where somebody was faster.
void KeysPage::giveRotation(const KeyView &key)
{
    ask(
        context().console.ask(RotateKey {.purpose = key.purpose, .kid = key.kid}), this,
        [this, kid = key.kid](const KeyView &fresh) { tell(KeyEffects::rotated(fresh), KeyMove::Rotate, kid); },
        [this, kid = key.kid](const Error &error) {
            if (error.code != ErrorCode::Conflict)
                return showError(error);
            refresh();
            Q_EMIT done(KeyEffects::noMore(kid));
        });
}

void KeysPage::giveRevocation(const QString &kid, qint64 seen)
{
    ask(
        context().console.ask(RevokeKey {.kid = kid}), this,
        [this, seen](const KeyView &revoked) { tell(KeyEffects::revoked(revoked, seen), KeyMove::Revoke, revoked.kid); },
        [this, kid, seen](const Error &error) {
            if (!error.ended)
                return showError(error);
            //: A key was revoked, and then something failed; %1 is its id. What failed follows.
            showError(error, tr("%1 is revoked, but not all that belongs to it is done.").arg(kid),
                      [this, kid, seen] { giveRevocation(kid, seen); });
        });
}

void KeysPage::tell(const QString &said, KeyMove move, const QString &kid)
{
    const auto onRead = [this, said, move, kid](const QList<KeyView> &keys) {
        showKeys(keys);
        Q_EMIT done(said, undoOf(move, kid));
    };
    ask(context().console.ask(ListKeys {}), this, onRead, [this, said](const Error &error) {
        Q_EMIT done(said);
        showError(error);
    });
}

Undo KeysPage::undoOf(KeyMove move, const QString &kid)
{
    const auto left = KeyUndos::restorable(kid, m_model->rows());
    if (!left)
        return {};
    return undoBy(WayBack<ListKeys, RestoreKey> {
                      .what = KeyUndos::what(move, kid),
                      .about = u"keys/%1"_s.arg(int(m_model->find(kid)->purpose)),
                      .read = {},
                      .stands = [left, kid](const QList<KeyView> &ring) { return KeyUndos::restorable(kid, ring) == left; },
                      .question = [kid](const QList<KeyView> &ring) { return KeyUndos::question(kid, ring); },
                      .back = RestoreKey {.kid = kid},
                  },
                  [this](const KeyRestored &answer) { tell(KeyEffects::restored(answer), KeyMove::Restore, {}); });
}

void KeysPage::importKey()
{
    auto *dialog = new KeyImportDialog(context(), this);
    connect(dialog, &KeyImportDialog::imported, this,
            [this](const KeyView &key) { tell(KeyEffects::imported(key), KeyMove::Restore, {}); });
    dialog->open();
}

void KeysPage::changeSchedule()
{
    giveOrder(ListSettings {}, [this](const QList<SettingView> &settings) {
        auto *dialog = KeyScheduleDialog::make(context(), settings, this, [this](const StoredChoices &sent) { reportSchedule(sent); });
        dialog->open();
    });
}

void KeysPage::reportSchedule(const StoredChoices &sent)
{
    refresh();
    const auto onBack = [this](const QString &said) {
        refresh();
        Q_EMIT done(said);
    };
    //: Said after the schedule of the keys was changed; the text in quotes is the title of a column.
    Q_EMIT done(tr("The schedule is in force: “Rotates, or safe to revoke” has the new times."), sent.undo(*this, onBack));
}

QString KeysPage::machine() const
{
    const RemoteLine *line = context().elsewhere;
    return line ? line->place().toText() : QString();
}

void KeysPage::moveMasterKey()
{
    const auto to = m_masterKey->otherPlace();
    if (!to)
        return;
    confirm(this, MasterKeyLine::beforeMove(*to, machine()), [this, to = *to] {
        giveOrder(MoveMasterKey {.to = to}, [this](const MasterKeyView &key) {
            m_masterKey->present(key);
            Q_EMIT done(MasterKeyLine::moved(key));
        });
    });
}

void KeysPage::rotateMasterKey()
{
    confirm(this, MasterKeyLine::beforeRotation(machine()), [this] {
        giveOrder(RotateMasterKey {}, [this](const MasterKeyView &key) {
            m_masterKey->present(key);
            Q_EMIT done(MasterKeyLine::rotated(key, machine()));
        });
    });
}

} // namespace warder

#include "ui/providers/ProvidersPage.h"

#include "ui/providers/ProviderCheckDialog.h"
#include "ui/providers/ProviderDialogs.h"
#include "ui/providers/ProviderTexts.h"
#include "ui/providers/ProviderUndos.h"
#include "ui/providers/RedirectUris.h"
#include "ui/support/Icons.h"
#include "ui/support/Times.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/DetailsSide.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/ListKeyboard.h"
#include "ui/widgets/Panel.h"

#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int betweenProviders = 10; ///< Seconds between two readings of what nobody tells: sign-ins, and what is wrong.

QList<Column<ProviderView>> providerColumns()
{
    using Row = const ProviderView &;
    return {
        //: Column title: what a provider is called ("Google").
        {.title = ProvidersPage::tr("Provider"), .characters = 18, .text = [](Row row, TimePoint) { return row.label; }},
        //: Column title: whether people can sign in with a provider.
        {.title = ProvidersPage::tr("State"),
         .characters = 15,
         .text = [](Row row, TimePoint) { return ProviderTexts::state(row); },
         .tone = [](Row row) { return ProviderTexts::tone(row); }},
        //: Column title: how many accounts are linked with a provider.
        {.title = ProvidersPage::tr("Accounts"), .characters = 10, .number = &ProviderView::identities},
        //: Column title: how often somebody signed in with a provider.
        {.title = ProvidersPage::tr("Sign-ins"), .characters = 10, .number = &ProviderView::signIns},
        //: Column title: when somebody last signed in with a provider.
        {.title = ProvidersPage::tr("Last sign-in"),
         .characters = 14,
         .text =
             [](Row row, TimePoint now) {
                 //: When somebody last signed in with a provider.
                 return row.lastSignInAt ? Times::ago(*row.lastSignInAt, now) : ProvidersPage::tr("never");
             },
         .time = &ProviderView::lastSignInAt},
        //: Column title: Google, GitHub …
        {.title = ProvidersPage::tr("Kind"), .characters = 15, .text = [](Row row, TimePoint) { return ProviderTexts::kind(row.kind); }},
        //: Column title: the address by which OpenID Connect knows a provider.
        {.title = ProvidersPage::tr("Issuer"), .characters = 28, .text = [](Row row, TimePoint) { return row.issuer; }},
    };
}

} // namespace

ProvidersPage::ProvidersPage(const PageContext &context, QWidget *parent)
    //: Title of a page: other servers where people have accounts with which they sign in here.
    : Page(context, tr("Providers"),
           //: What the page of providers shows.
           tr("With which accounts of elsewhere people sign in: Google, GitHub, your company’s."), parent),
      m_model(new RowsModel<ProviderView>(context.clock, providerColumns(), this))
{
    build();
    adopt(*m_table);
    connect(m_table, &DataTable::selectionMoved, this, &ProvidersPage::showSelected);
    //: Menu item: changes a provider. The dots say that a dialog follows.
    m_table->setOpening(tr("Edit provider…"), [this] { beginWithSelected(&ProvidersPage::edit); });
    showSelected();
}

void ProvidersPage::build()
{
    //: Button: opens a dialog that adds a provider.
    auto *add = new QPushButton(icon(u"add"_s), tr("&Add provider…"), this);
    ButtonAction::of(*add)->setKey(QKeySequence::New);
    //: Tool tip of the button that adds a provider.
    add->setToolTip(tr("Let people sign in with accounts of elsewhere (Ctrl+N)"));
    addControl(add);
    connect(add, &QPushButton::clicked, this, &ProvidersPage::add);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(12);
    makeList(splitter);
    makeSide(splitter);
    new ListKeyboard(*m_table, *m_side, nullptr);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({900, 300});
    body()->addWidget(splitter, 1);
}

void ProvidersPage::makeList(QWidget *parent)
{
    auto *panel = new Panel({}, parent);
    panel->setFlush();
    m_stack = new QStackedWidget(panel);
    //: Name of the table of providers, for screen readers and as a file name.
    m_table = new DataTable(tr("Providers"), u"providers"_s, m_stack);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    m_empty = new EmptyState(u"providers"_s, m_stack);
    //: There are no providers yet: title.
    m_empty->present(
        tr("No providers yet"),
        //: There are no providers yet: what they are for, and how to try it.
        tr("People sign in with their Google, GitHub or company account as soon as you add it here (Ctrl+N). The dialog says what "
           "to do there, and a test shows whether it works."));
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    panel->body()->addWidget(m_stack);
}

void ProvidersPage::makeSide(QWidget *parent)
{
    //: Name of the panel beside the providers, for screen readers.
    m_side = new DetailsSide(tr("Provider details"),
                             //: In the panel beside the providers, while nothing is selected.
                             tr("Select a provider to test and change it."), parent);
    m_callbacks = new RedirectUris(m_side);
    m_side->addBelowDetails(m_callbacks);
    //: Button: asks the selected provider whether it works.
    addOrder(u"play"_s, tr("&Test"), &ProvidersPage::test);
    //: Button: opens a dialog that changes the selected provider.
    addOrder(u"edit"_s, tr("Ed&it…"), &ProvidersPage::edit);
    m_toggle = addOrder(u"ban"_s, {}, &ProvidersPage::toggle);
    //: Button: removes the selected provider. The dots say that a question follows.
    QPushButton *gone = addOrder(u"close"_s, tr("Re&move…"), &ProvidersPage::remove);
    ButtonAction::of(*gone)->setKeyIn(*m_table, QKeySequence::Delete);
}

QPushButton *ProvidersPage::addOrder(const QString &iconName, const QString &text, Order order)
{
    return m_side->addOrder(iconName, text, [this, order] { beginWithSelected(order); });
}

void ProvidersPage::beginWithSelected(Order order)
{
    if (const ProviderView *provider = selected())
        begin(provider->name, order);
}

void ProvidersPage::refresh()
{
    giveOnce(ListProviders {}, [this](const QList<ProviderView> &providers) { showProviders(providers); });
}

void ProvidersPage::everySecond()
{
    m_model->refreshAges();
    showSelected(); // ages
    if (++m_seconds % betweenProviders == 0)
        refresh();
}

QWidget *ProvidersPage::firstControl() { return m_table->isVisibleTo(this) ? m_table : nullptr; }

const ProviderView *ProvidersPage::selected() const { return m_model->rowAt(m_table->selectedRows().value(0, -1)); }

void ProvidersPage::select(const QString &name)
{
    const auto found = std::ranges::find(m_model->rows(), name, &ProviderView::name);
    if (found != m_model->rows().end())
        m_table->selectRow(int(found - m_model->rows().begin()));
}

void ProvidersPage::showProviders(const QList<ProviderView> &providers)
{
    m_model->updateTo(providers, &ProviderView::name);
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    showSelected();
}

void ProvidersPage::showSelected()
{
    const ProviderView *provider = selected();
    //: Button: lets people sign in with the selected provider again.
    const QString on = tr("Switch &on");
    //: Button: nobody signs in with the selected provider any more. The dots say that a question follows.
    const QString off = tr("Switch &off…");
    m_toggle->setText(provider && !provider->enabled ? on : off);
    m_side->setOrdersEnabled(provider);
    m_callbacks->present(provider ? provider->callbacks : QStringList());
    if (!provider)
        return m_side->details().presentNothing();
    m_side->details().present(provider->label, ProviderTexts::facts(*provider, now()), Tone::Neutral, ProviderTexts::explained(*provider));
}

void ProvidersPage::begin(const QString &name, Order order)
{
    if (std::exchange(m_busy, true))
        return;
    const QString label = selected() ? selected()->label : name;
    ask(
        context().console.ask(ListProviders {}), this,
        [this, name, label, order](const QList<ProviderView> &providers) {
            m_busy = false;
            showProviders(providers);
            const auto found = std::ranges::find(providers, name, &ProviderView::name);
            if (found == providers.end())
                return Q_EMIT done(ProviderTexts::gone(label));
            (this->*order)(*found);
        },
        [this](const Error &error) {
            m_busy = false;
            showError(error);
        });
}

void ProvidersPage::test(const ProviderView &provider)
{
    auto *dialog = new ProviderCheckDialog(context(), provider, this);
    connect(dialog, &ProviderCheckDialog::finished, this, &ProvidersPage::refresh);
    dialog->open();
    dialog->start();
}

void ProvidersPage::edit(const ProviderView &provider)
{
    const auto onEdited = [this, provider](const ProviderView &after, const ProviderEditView &sent) {
        reportEdited(provider, after, sent);
    };
    ProviderDialogs::edit(context(), provider, this, onEdited)->open();
}

void ProvidersPage::reportEdited(const ProviderView &before, const ProviderView &after, const ProviderEditView &sent)
{
    refresh();
    const ProviderEditView back = ProviderUndos::back(sent, before);
    const bool canComeBack = back != ProviderEditView();
    Q_EMIT done(ProviderTexts::changed(after),
                canComeBack ? undoOf(after, back, ProviderUndos::changed(after), ProviderUndos::question(after, sent)) : Undo());
}

void ProvidersPage::turn(const QString &name, bool enabled)
{
    giveOrder(EditProvider {.provider = name, .edit = {.enabled = enabled}}, [this](const ProviderView &view) {
        refresh();
        Q_EMIT done(ProviderTexts::switched(view), undoOfTurn(view));
    });
}

Undo ProvidersPage::undoOf(const ProviderView &left, const ProviderEditView &back, const QString &what, const Confirmation &question)
{
    return undoBy(WayBack<ListProviders, EditProvider> {
        .what = what,
        .about = u"provider/"_s + left.name,
        .read = {},
        .stands = [left](const QList<ProviderView> &providers) { return ProviderUndos::isStill(left, providers); },
        .question = [question](const QList<ProviderView> &) { return question; },
        .back = EditProvider {.provider = left.name, .edit = back},
    });
}

/// What follows when one is switched off is read at the moment of the question, as it is by the button.
Undo ProvidersPage::undoOfTurn(const ProviderView &left)
{
    const QString what = ProviderUndos::switched(left);
    Undo undo = undoOf(left, {.enabled = !left.enabled}, what, ProviderUndos::beforeSwitchOn(left));
    if (!left.enabled)
        return undo;
    undo.begin = [this, left, what](const UndoTurn &turn) {
        readForUndo(ReadProviderRemoval {.provider = left.name}, turn, [this, left, what, turn](const ProviderRemovalView &atStake) {
            undoOf(left, {.enabled = false}, what, ProviderTexts::beforeSwitchOff(left, atStake)).begin(turn);
        });
    };
    return undo;
}

void ProvidersPage::toggle(const ProviderView &provider)
{
    if (!provider.enabled)
        return turn(provider.name, true);
    giveOrder(ReadProviderRemoval {.provider = provider.name}, [this, provider](const ProviderRemovalView &atStake) {
        confirm(this, ProviderTexts::beforeSwitchOff(provider, atStake), [this, name = provider.name] { turn(name, false); });
    });
}

void ProvidersPage::remove(const ProviderView &provider)
{
    const auto give = [this, provider] {
        m_table->selectNextOnceGone();
        giveOrder(RemoveProvider {.provider = provider.name}, [this, provider](const ProviderRemovalView &gone) {
            refresh();
            Q_EMIT done(ProviderTexts::removed(provider, gone));
        });
    };
    giveOrder(ReadProviderRemoval {.provider = provider.name}, [this, provider, give](const ProviderRemovalView &atStake) {
        confirm(this, ProviderTexts::beforeRemoval(provider, atStake), give);
    });
}

void ProvidersPage::add()
{
    const auto onTaken = [this](const ProviderView &provider) {
        giveOrder(ListProviders {}, [this, provider](const QList<ProviderView> &providers) {
            showProviders(providers);
            select(provider.name);
            Q_EMIT done(ProviderTexts::added(provider));
            test(provider);
        });
    };
    giveOrder(ListProviderPresets {}, [this, onTaken](const QList<ProviderPresetView> &presets) {
        QStringList taken;
        for (const ProviderView &provider : m_model->rows())
            taken += provider.name;
        ProviderDialogs::create(context(), presets, taken, this, onTaken)->open();
    });
}

} // namespace warder

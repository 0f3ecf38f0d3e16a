#include "ui/settings/SettingsPage.h"

#include "ui/settings/SettingGroups.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/SettingsList.h"
#include "ui/settings/SettingsPreview.h"
#include "ui/settings/StageBar.h"
#include "ui/settings/tuning/HashTuningDialog.h"
#include "ui/settings/words/SettingWords.h"
#include "ui/support/FollowPalette.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ButtonAction.h"
#include "ui/widgets/Confirm.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

SettingsPage::SettingsPage(const PageContext &context, QWidget *parent)
    //: Title of a page.
    : Page(context, tr("Settings"),
           //: What the page of settings shows.
           tr("What holds for this server, and who set it. Changes wait below until you apply them."), parent)
{
    build();
    wire();
    showDraft();
}

void SettingsPage::build()
{
    m_stack = new QStackedWidget(this);
    m_list = new SettingsList(m_draft, m_stack);
    m_empty = new EmptyState(u"search"_s, m_stack);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    //: In the empty search field of the settings: it looks in names, keys and descriptions.
    m_filter = new FilterBox(tr("Search settings by words or key"), m_list, this);
    addTools(m_filter);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::large);
    row->addWidget(makeGroups());
    m_list->setBefore(m_groups);
    addTuning();
    row->addWidget(m_stack, 1);
    body()->addLayout(row, 1);
    m_bar = new StageBar(this);
    body()->addWidget(m_bar);
}

QWidget *SettingsPage::makeGroups()
{
    constexpr int widest = 200;
    m_groups = new QListWidget(this);
    //: Name of a list, for screen readers: the parts of the settings; choosing one goes there.
    m_groups->setAccessibleName(tr("Parts of the settings"));
    m_groups->setFrameShape(QFrame::NoFrame);
    keepReadable(m_groups);
    m_groups->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const SettingGroup group : SettingGroups::all())
        m_groups->addItem(SettingGroups::name(group));
    m_groups->setSpacing(Space::narrow);
    m_groups->setFixedWidth(qMin(widest, m_groups->sizeHintForColumn(0) + 32));
    return m_groups;
}

void SettingsPage::addTuning()
{
    //: Button in the part Passwords of the settings: measures how much a password hash may cost on the server's machine.
    auto *tune = new QPushButton(tr("&Tune to this machine…"), m_list);
    tune->setObjectName(u"tuneHashing"_s);
    tune->setAutoDefault(false);
    //: Tool tip of a button in the part Passwords of the settings.
    tune->setToolTip(tr("Measure password hashes, and propose the strongest that a sign-in has time for"));
    m_list->setOrder(SettingGroup::Passwords, tune);
    addAction(ButtonAction::of(*tune)); // an order of the page, though it stands in a scrolled form
    connect(tune, &QPushButton::clicked, this, &SettingsPage::tuneHashing);
}

void SettingsPage::wire()
{
    connect(m_filter, &FilterBox::filterChanged, this, &SettingsPage::setFilter);
    connect(m_groups, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0)
            m_list->scrollTo(SettingGroup(row));
    });
    connect(m_list, &SettingsList::shownChanged, this, &SettingsPage::showShown);
    connect(m_list, &SettingsList::edited, this,
            [this](const QString &key, const QString &text) { edit([this, key, text] { m_draft.choose(key, text); }); });
    connect(m_list, &SettingsList::defaultWanted, this, [this](const QString &key) { edit([this, key] { m_draft.chooseDefault(key); }); });
    connect(m_list, &SettingsList::takeBackWanted, this, [this](const QString &key) { edit([this, key] { m_draft.takeBack(key); }); });
    connect(m_empty, &EmptyState::acted, this, [this] {
        setFilter({});
        m_filter->setFocus();
    });
    connect(m_bar, &StageBar::previewWanted, this, &SettingsPage::preview);
    connect(m_bar, &StageBar::discardWanted, this, &SettingsPage::discard);
    connect(m_bar, &StageBar::applyWanted, this, &SettingsPage::applyChoices);
}

void SettingsPage::refresh()
{
    giveOnce(ListSettings {}, [this](const QList<SettingView> &settings) {
        m_draft.settle(std::exchange(m_stored, {}));
        m_draft.setSettings(settings);
        showDraft();
    });
}

/// A reload, from wherever, tells of the server.
void SettingsPage::apply(const QList<Change> &changes)
{
    if (std::ranges::any_of(changes, [](const Change &change) { return std::holds_alternative<ServerChanged>(change); }))
        refreshIfShown();
}

void SettingsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void SettingsPage::filterBy(const PageFilter &filter) { setFilter(filter.text); }

QList<QWidget *> SettingsPage::parts() const
{
    QList<QWidget *> all {m_groups};
    if (!m_list->isEmpty())
        all += m_list;
    return all;
}

/// Those that this program has words for, until somebody looked at the page: it is found from the first moment on.
QList<PagePlace> SettingsPage::places() const
{
    QStringList keys;
    for (const SettingView &setting : m_draft.settings())
        keys += setting.key;
    QList<PagePlace> all;
    for (const QString &key : keys.isEmpty() ? setting_words::keys() : keys)
        all += PagePlace {.name = SettingTexts::name(key), .more = key, .filter = {.text = key}};
    return all;
}

QWidget *SettingsPage::firstControl() { return m_filter; }

void SettingsPage::setFilter(const QString &typed)
{
    if (m_filter->filter() != typed)
        m_filter->setFilter(typed);
    m_list->setFilter(typed);
}

void SettingsPage::showShown()
{
    for (const SettingGroup group : SettingGroups::all())
        m_groups->item(int(group))->setHidden(!m_list->isShown(group));
    const bool isEmpty = m_list->isEmpty() && !m_filter->filter().isEmpty();
    //: Title: a search found nothing; %1 is what was typed.
    m_empty->present(tr("No setting matches “%1”").arg(UiTexts::quoted(m_filter->filter())),
                     //: Below that title.
                     tr("The search looks in names, keys and descriptions; every word must be there."), {},
                     //: Button: all settings are shown again.
                     tr("Show all settings"));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
}

void SettingsPage::showDraft()
{
    m_list->present();
    m_bar->present(m_draft, m_isApplying);
}

void SettingsPage::edit(const std::function<void()> &how)
{
    how();
    showDraft();
    check();
}

void SettingsPage::check()
{
    const QList<SettingChoice> asked = m_draft.choices();
    if (asked.isEmpty())
        return;
    giveOnce(CheckSettings {.choices = asked}, [this, asked](const QList<SettingFault> &faults) {
        m_draft.setFaults(asked, faults);
        showDraft();
    });
}

void SettingsPage::preview()
{
    auto *dialog = new SettingsPreview(m_draft, this);
    connect(dialog, &QDialog::accepted, this, &SettingsPage::applyChoices);
    dialog->open();
}

void SettingsPage::discard()
{
    confirm(this, SettingTexts::beforeDiscard(m_draft), [this] { edit([this] { m_draft.takeBackAll(); }); });
}

void SettingsPage::tuneHashing()
{
    auto *dialog = new HashTuningDialog(context(), m_draft.settings(), this);
    connect(dialog, &HashTuningDialog::chosen, this, [this](const QList<SettingChoice> &choices) {
        edit([this, &choices] {
            for (const auto &[key, value] : choices)
                m_draft.choose(key, value.value_or(QString()));
        });
        setFilter({});
        m_list->focusRow(choices.value(0).key);
    });
    dialog->open();
}

void SettingsPage::applyChoices()
{
    if (m_isApplying || m_draft.isEmpty())
        return;
    if (!m_draft.wrongKeys().isEmpty())
        return goToFault();
    const StoredChoices sent = StoredChoices::of(m_draft);
    m_isApplying = true;
    showDraft();
    ask(
        context().console.ask(StoreSettings {.choices = sent.choices}), this,
        [this, sent](const QStringList &waiting) { reportStored(sent, waiting); },
        [this, sent](const Error &error) { reportRefused(sent, error); });
}

void SettingsPage::reportStored(const StoredChoices &sent, const QStringList &waiting)
{
    m_isApplying = false;
    m_stored += sent.choices;
    showDraft();
    refresh();
    Q_EMIT done(SettingTexts::stored(sent.choices, waiting), undoOf(sent));
}

Undo SettingsPage::undoOf(const StoredChoices &sent)
{
    return sent.undo(*this, [this](const QString &said) {
        refresh();
        Q_EMIT done(said);
    });
}

void SettingsPage::reportRefused(const StoredChoices &sent, const Error &error)
{
    m_isApplying = false;
    m_draft.setRefusal(sent.choices, error);
    showDraft();
    refresh(); // another source may have set one of them meanwhile
    if (m_draft.wrongKeys().isEmpty())
        showError(error);
    else
        goToFault();
}

void SettingsPage::goToFault()
{
    setFilter({});
    m_list->focusRow(m_draft.wrongKeys().value(0));
}

} // namespace warder

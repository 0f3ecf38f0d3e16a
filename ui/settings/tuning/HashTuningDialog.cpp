#include "ui/settings/tuning/HashTuningDialog.h"

#include "ui/settings/SettingNow.h"
#include "ui/settings/SettingTexts.h"
#include "ui/settings/tuning/HashTuningRun.h"
#include "ui/settings/tuning/HashTuningTexts.h"
#include "ui/support/Ask.h"
#include "ui/support/Space.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"
#include "ui/widgets/ResultLine.h"
#include "ui/widgets/WorkBar.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {

HashTuningDialog::HashTuningDialog(const PageContext &context, const QList<SettingView> &settings, QWidget *parent)
    : QDialog(parent), m_context(context), m_settings(settings),
      m_model(new RowsModel<TriedHash>(context.clock, TriedHash::columns(), this)), m_introduction(textLabel({}, this)),
      m_share(quietLabel({}, this)), m_result(new ResultLine(this)), m_run(new HashTuningRun(context.console, this))
{
    //: Title of a dialog.
    setWindowTitle(tr("Tune password hashing"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(760, 660);
    build();
    wire();
    //: In place of an outcome, before anything was measured.
    m_result->say(Tone::Neutral, tr("What it proposes waits on the page Settings until you apply it."));
    setBusy(true); // until it is known what there is to measure
    read();
}

void HashTuningDialog::build()
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    all->setSpacing(Space::medium);
    all->addWidget(titleLabel(windowTitle(), this));
    all->addWidget(m_introduction);
    all->addWidget(makeFields());
    all->addWidget(m_share);
    all->addWidget(makeOrders());
    all->addWidget(makeTable(), 1);
    m_result->setOrder(*m_measure);
    all->addWidget(m_result);
    all->addWidget(makeButtons());
}

QWidget *HashTuningDialog::makeFields()
{
    auto *fields = new QWidget(this);
    auto *row = new QHBoxLayout(fields);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::wide);
    auto *timeField = new QWidget(fields);
    //: Field of a form: a number of milliseconds.
    m_target = makeField(*timeField, tr("&Milliseconds that a sign-in may take"), u"target"_s);
    m_target->setRange(int(TuneHashing::leastTarget.count()), int(TuneHashing::mostTarget.count()));
    m_target->setSingleStep(50);
    m_target->setValue(int(TuneHashing::usualTarget.count()));
    row->addWidget(timeField, 1, Qt::AlignBottom);
    m_memoryField = new QWidget(fields);
    //: Field of a form: a number of MiB, an amount of memory.
    m_memory = makeField(*m_memoryField, tr("M&iB that all sign-ins at once may take"), u"memory"_s);
    m_memory->setSingleStep(64);
    row->addWidget(m_memoryField, 1, Qt::AlignBottom);
    return fields;
}

QSpinBox *HashTuningDialog::makeField(QWidget &place, const QString &name, const QString &key)
{
    auto *column = new QVBoxLayout(&place);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::narrow);
    QLabel *label = textLabel(name, &place);
    auto *field = new QSpinBox(&place);
    field->setObjectName(key);
    label->setBuddy(field);
    column->addWidget(label);
    column->addWidget(field, 0, Qt::AlignLeft);
    return field;
}

QWidget *HashTuningDialog::makeOrders()
{
    auto *orders = new QWidget(this);
    auto *row = new QHBoxLayout(orders);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    //: Button: begins to measure what password hashes cost.
    m_measure = new QPushButton(tr("M&easure"), orders);
    m_measure->setObjectName(u"measure"_s);
    m_measure->setDefault(true);
    row->addWidget(m_measure);
    row->addStretch(1);
    m_work = new WorkBar(orders);
    row->addWidget(m_work);
    return orders;
}

QWidget *HashTuningDialog::makeTable()
{
    auto *panel = new Panel({}, this);
    panel->setFlush();
    //: Name of a table, for screen readers and as a file name: password hashes that were measured.
    m_table = new DataTable(tr("Measured hashes"), u"hashTrials"_s, panel);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->present(m_model);
    //: Title of a dialog that asks for a file.
    m_table->exportByItself(tr("Export the measured hashes"),
                            [this](const QString &fault) { m_result->say(Tone::Bad, UiTexts::reason(fault)); });
    panel->body()->addWidget(m_table);
    return panel;
}

QWidget *HashTuningDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    //: Button: takes the proposed settings over to the page Settings, where they wait until they are applied.
    m_use = buttons->addButton(tr("&Use these settings"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName(u"use"_s);
    m_use->setEnabled(false);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(m_choices);
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &HashTuningDialog::reject);
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, m_use, &QPushButton::click);
    return buttons;
}

void HashTuningDialog::wire()
{
    connect(m_measure, &QPushButton::clicked, this, &HashTuningDialog::measure);
    connect(m_memory, &QSpinBox::valueChanged, this, &HashTuningDialog::showShare);
    connect(m_run, &HashTuningRun::measuring, this,
            [this](const HashCostView &cost) { m_work->begin(HashTuningTexts::measuring(cost), [this] { m_run->stop(); }); });
    connect(m_run, &HashTuningRun::progressed, m_work, &WorkBar::progress);
    connect(m_run, &HashTuningRun::measured, this, &HashTuningDialog::presentMeasured);
    connect(m_run, &HashTuningRun::failed, this, &HashTuningDialog::presentEnd);
}

void HashTuningDialog::read()
{
    ask(
        m_context.console.ask(ReadHashing {}), this, [this](const HashingView &here) { present(here); },
        [this](const Error &error) { m_result->say(Tone::Bad, UiTexts::of(error)); });
}

void HashTuningDialog::present(const HashingView &here)
{
    m_here = here;
    m_introduction->setText(HashTuningTexts::introduction(here));
    m_memoryField->setVisible(!here.now.isBcrypt());
    m_memory->setRange(here.leastMemoryMib, here.mostMemoryMib);
    m_memory->setValue(here.usualMemoryMib);
    showShare();
    setBusy(false);
    m_measure->setFocus();
}

void HashTuningDialog::showShare() { m_share->setText(HashTuningTexts::share(m_here, m_memory->value())); }

void HashTuningDialog::measure()
{
    m_choices.clear();
    m_use->setEnabled(false);
    m_measure->setDefault(true);
    m_model->updateTo({}, &TriedHash::number);
    m_result->say(Tone::Neutral, {});
    setBusy(true);
    m_run->begin(Milliseconds {m_target->value()}, m_memory->value(), m_here.now);
}

void HashTuningDialog::presentMeasured(const TuningView &view)
{
    m_model->updateTo(TriedHash::of(view, m_here, Milliseconds {m_target->value()}), &TriedHash::number);
    if (!view.proposed)
        return;
    setBusy(false);
    conclude(view.tried.first(), *view.proposed);
}

void HashTuningDialog::presentEnd(const Error &error, bool wasStopped)
{
    setBusy(false);
    if (wasStopped)
        m_result->say(Tone::Neutral, HashTuningTexts::stopped());
    else
        m_result->say(Tone::Bad, UiTexts::of(error));
}

void HashTuningDialog::conclude(const HashTrialView &today, const HashTrialView &proposed)
{
    const Milliseconds target {m_target->value()};
    const QString remark = proposed.time > target ? u' ' + HashTuningTexts::tooSlow(target) : QString();
    m_choices = proposed.cost.choices();
    m_choices.removeIf([this](const SettingChoice &choice) {
        const SettingView *setting = find(choice.key);
        return !setting || setting_now::value(*setting) == choice.value;
    });
    if (m_choices.isEmpty())
        return m_result->say(Tone::Good, HashTuningTexts::unchanged() + remark);
    const QString outcome = HashTuningTexts::outcome(m_here, today, proposed, find(m_choices.first().key)->effect) + remark;
    if (const SettingView *locked = lockedOf(m_choices))
        return m_result->say(Tone::Warning, outcome + u' ' + UiTexts::named(SettingTexts::name(locked->key), SettingTexts::lock(*locked)));
    m_result->say(Tone::Good, outcome);
    m_use->setEnabled(true);
    m_use->setDefault(true);
    m_use->setFocus();
}

/// The button that stops it goes, perhaps with the keyboard.
void HashTuningDialog::setBusy(bool busy)
{
    for (QWidget *each : QList<QWidget *> {m_target, m_memory, m_measure})
        each->setEnabled(!busy);
    if (busy)
        return;
    if (!focusWidget() || m_work->isAncestorOf(focusWidget()))
        m_measure->setFocus();
    m_work->end();
}

const SettingView *HashTuningDialog::find(const QString &key) const
{
    const auto found = std::ranges::find(m_settings, key, &SettingView::key);
    return found == m_settings.end() ? nullptr : &*found;
}

const SettingView *HashTuningDialog::lockedOf(const QList<SettingChoice> &choices) const
{
    for (const SettingChoice &choice : choices) {
        if (const SettingView *setting = find(choice.key); setting && setting_now::isLocked(*setting))
            return setting;
    }
    return nullptr;
}

} // namespace warder

#include "ui/limits/RuleForm.h"

#include "ui/limits/LimitTexts.h"
#include "ui/limits/SelectorCompleter.h"
#include "ui/limits/WhatIfBox.h"
#include "ui/support/Ask.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/FormField.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

template <typename T>
std::optional<T> changeOf(const T &before, const T &now, bool isNew)
{
    return isNew || now != before ? std::optional<T>(now) : std::nullopt;
}

QString nameOfAmount(RateCount counts)
{
    switch (counts) {
    //: Field of a form: a number of requests.
    case RateCount::Requests: return RuleForm::tr("&Requests");
    //: Field of a form: a number of wrong passwords after which nobody waits yet.
    case RateCount::WrongPasswords: return RuleForm::tr("&Wrong passwords that cost nothing");
    //: Field of a form: a number of accounts.
    case RateCount::Accounts: return RuleForm::tr("&Accounts tried");
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOfPeriod(RateCount counts)
{
    if (counts == RateCount::WrongPasswords)
        //: Field of a form: how long after the last wrong password nothing is known of it; a number and a unit follow.
        return RuleForm::tr("&Forgotten after");
    //: Field of a form, after a number of requests; a number and a unit follow.
    return RuleForm::tr("&In");
}

QString nameOfLongest(RateCount counts)
{
    if (counts == RateCount::Accounts)
        //: Field of a form: how long a network must wait; a number and a unit follow.
        return RuleForm::tr("&Held back for");
    //: Field of a form: how long somebody must wait at most; a number and a unit follow.
    return RuleForm::tr("&Longest wait");
}

} // namespace

RuleForm::RuleForm(const PageContext &context, const RuleView &before, bool isNew, FormDialog &dialog)
    : QObject(&dialog), m_before(before), m_isNew(isNew), m_dialog(dialog)
{
    dialog.setMinimumWidth(560); // routes are long
    addNames();
    if (countsRequests()) {
        addRoutes(context);
        addKind();
    }
    addNumbers();
    addSwitch();
    if (countsRequests())
        addWhatIf(context);
    else
        //: At the end of a form.
        dialog.addText(tr("It counts wrong passwords or codes, which are not recorded: it cannot be tried before it is saved."));
    (m_name ? m_name : m_amount)->setFocus();
}

void RuleForm::addNames()
{
    if (m_isNew)
        //: Field of a form: the name of a rule; it is typed in these letters whatever the language.
        m_name = m_dialog.addField(u"name"_s, tr("&Name"),
                                   //: Below the field of a rule's name.
                                   tr("Small letters a to z, digits and _; it stays for ever."));
    if (m_before.isOwn && !m_isNew)
        return m_dialog.addText(UiTexts::named(LimitTexts::name(m_before), m_before.name));
    //: Field of a form: what a rule is called in this window.
    m_title = m_dialog.addField(u"title"_s, tr("&Title (optional)"));
    m_title->edit().setText(m_before.title);
    m_title->edit().setCursorPosition(0);
    connect(&m_title->edit(), &QLineEdit::textEdited, this, &RuleForm::changed);
    if (m_name)
        connect(&m_name->edit(), &QLineEdit::textEdited, this, &RuleForm::changed);
}

void RuleForm::addRoutes(const PageContext &context)
{
    //: Field of a form: which requests a rule applies to.
    m_routes = m_dialog.addField(u"routes"_s, tr("A&pplies to"),
                                 //: Below a field. The words after the colon are typed as they stand here.
                                 tr("Groups and routes: login, POST /token, /me/*"));
    m_routes->edit().setText(m_before.routes.join(u", "_s));
    m_routes->edit().setCursorPosition(0);
    auto *completer = new SelectorCompleter(&m_routes->edit());
    m_routes->edit().setCompleter(completer);
    connect(&m_routes->edit(), &QLineEdit::textChanged, this, &RuleForm::changed);
    const auto onSelectors = [completer](const QList<SelectorView> &selectors) {
        QStringList all;
        for (const SelectorView &each : selectors)
            all += each.selector;
        completer->setSelectors(all);
    };
    ask(context.console.ask(ListSelectors {}), completer, onSelectors, [](const Error &) {
        // without them the field completes nothing; what is typed is judged all the same
    });
}

QComboBox *RuleForm::choice(const QString &key, const QString &name)
{
    auto *box = new QComboBox(&m_dialog);
    box->setObjectName(key);
    box->setAccessibleName(name);
    box->setToolTip(name);
    m_dialog.addWidget(box);
    return box;
}

void RuleForm::addKind()
{
    //: Name of a choice: address, account …
    m_key = choice(u"key"_s, tr("What it counts by"));
    for (const auto key : {RateKey::Address, RateKey::Network, RateKey::Account, RateKey::AddressAndAccount, RateKey::Session})
        //: Choice in a form; %1 is "network address", "account" …
        m_key->addItem(tr("By %1").arg(UiTexts::limitKey(key)), int(key));
    m_key->setCurrentIndex(m_key->findData(int(m_before.key)));
    //: Name of a choice: refuse it, let it wait …
    m_action = choice(u"action"_s, tr("What happens to a request too many"));
    for (const auto action : {RateAction::Deny, RateAction::Delay, RateAction::Alert})
        //: Choice in a form; %1 is "refuse it", "let it wait its turn" …
        m_action->addItem(tr("One too many: %1").arg(LimitTexts::action(action)), int(action));
    m_action->setCurrentIndex(m_action->findData(int(m_before.action)));
    m_dialog.placeInRow({m_key, m_action});
    for (const QComboBox *box : {m_key, m_action})
        connect(box, &QComboBox::currentIndexChanged, this, &RuleForm::changed);
}

FormField *RuleForm::number(const QString &key, const QString &name, qint64 value)
{
    FormField *field = m_dialog.addField(key, name);
    field->edit().setText(QString::number(value));
    connect(&field->edit(), &QLineEdit::textEdited, this, &RuleForm::changed);
    return field;
}

std::unique_ptr<SpanField> RuleForm::spanIn(FormField &field, Seconds value)
{
    auto made = std::make_unique<SpanField>(field, value);
    connect(&made->unit(), &QComboBox::currentIndexChanged, this, &RuleForm::changed);
    return made;
}

void RuleForm::addNumbers()
{
    m_amount = number(u"amount"_s, nameOfAmount(m_before.counts), m_before.amount);
    FormField *period = number(u"period"_s, nameOfPeriod(m_before.counts), 0);
    m_period = spanIn(*period, m_before.period);
    QList<QWidget *> row {m_amount, period};
    if (countsRequests()) {
        //: Field of a form: how many requests may come at once.
        m_burst = number(u"burst"_s, tr("At &once"), m_before.burst);
        row += m_burst;
    }
    if (m_before.longest > Seconds {0}) {
        FormField *longest = number(u"longest"_s, nameOfLongest(m_before.counts), 0);
        m_longest = spanIn(*longest, m_before.longest);
        row += longest;
    }
    m_dialog.placeInRow(row);
}

void RuleForm::addSwitch()
{
    //: Check box of a form: a rule holds.
    m_enabled = new QCheckBox(tr("&Enabled"), &m_dialog);
    m_enabled->setObjectName(u"enabled"_s);
    m_enabled->setChecked(m_before.enabled);
    m_dialog.addWidget(m_enabled);
}

void RuleForm::addWhatIf(const PageContext &context)
{
    m_whatIf = new WhatIfBox(context, m_isNew, [this] { return isBegun() ? wish() : std::nullopt; }, m_dialog);
    m_dialog.addWidget(m_whatIf);
    changed();
}

void RuleForm::changed()
{
    if (m_whatIf)
        m_whatIf->askSoon();
}

bool RuleForm::isBegun() const
{
    return !m_isNew || (!m_name->text().trimmed().isEmpty() && !SelectorCompleter::wordsOf(m_routes->text()).isEmpty());
}

std::optional<qint64> RuleForm::amount() const
{
    const auto number = wholeNumberIn(*m_amount);
    if (number != 0 || m_before.amount == 0)
        return number;
    //: Below the field of a form that says how much a rule allows; “Enabled” is a check box of the same form.
    m_amount->setFault(tr("At least 1. To let the rule hold nobody back, clear “Enabled”."));
    return std::nullopt;
}

void RuleForm::readNumbers(RuleWish &wish, bool &isRight) const
{
    const auto allowed = amount();
    const auto period = m_period->span();
    const auto burst = m_burst ? wholeNumberIn(*m_burst) : m_before.burst;
    const auto longest = m_longest ? m_longest->span() : m_before.longest;
    isRight = allowed && period && burst && longest;
    if (!isRight)
        return;
    wish.amount = changeOf(m_before.amount, *allowed, m_isNew);
    wish.period = changeOf(m_before.period, *period, m_isNew);
    if (m_burst)
        wish.burst = changeOf(m_before.burst, *burst, m_isNew);
    if (m_longest)
        wish.longest = changeOf(m_before.longest, *longest, m_isNew);
}

void RuleForm::readKind(RuleWish &wish) const
{
    wish.routes = changeOf(m_before.routes, SelectorCompleter::wordsOf(m_routes->text()), m_isNew);
    wish.key = changeOf(m_before.key, RateKey(m_key->currentData().toInt()), m_isNew);
    wish.action = changeOf(m_before.action, RateAction(m_action->currentData().toInt()), m_isNew);
}

std::optional<RuleWish> RuleForm::wish() const
{
    RuleWish wish {.name = m_name ? m_name->text().trimmed() : m_before.name};
    bool isRight = true;
    readNumbers(wish, isRight);
    if (!isRight)
        return std::nullopt;
    if (countsRequests())
        readKind(wish);
    if (m_title)
        wish.title = changeOf(m_before.title, m_title->text().trimmed(), m_isNew);
    wish.enabled = changeOf(m_before.enabled, m_enabled->isChecked(), m_isNew);
    return wish;
}

} // namespace warder

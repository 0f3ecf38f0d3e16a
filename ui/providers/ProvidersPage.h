#pragma once

#include "core/console/orders/Providers.h"
#include "ui/PageContext.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/RowsModel.h"

class QPushButton;
class QStackedWidget;

namespace warder {

class DataTable;
class DetailsSide;
class EmptyState;
class RedirectUris;

/// With whose accounts people sign in here: adds providers, tests, changes, switches and removes them. Each order about one reads them anew
/// first, so that its question speaks of this moment.
class ProvidersPage final : public Page
{
    Q_OBJECT
public:
    ProvidersPage(const PageContext &context, QWidget *parent);

    void refresh() override;
    QWidget *firstControl() override;

protected:
    void everySecond() override;

private:
    using Order = void (ProvidersPage::*)(const ProviderView &);

    void build();
    void makeList(QWidget *parent);
    void makeSide(QWidget *parent);
    QPushButton *addOrder(const QString &iconName, const QString &text, Order order);
    void beginWithSelected(Order order);
    /// None: says how to begin.
    void showProviders(const QList<ProviderView> &providers);
    void showSelected();
    const ProviderView *selected() const;
    void select(const QString &name);

    /// Reads them, and goes on with the one of that name.
    void begin(const QString &name, Order order);
    void test(const ProviderView &provider);
    void edit(const ProviderView &provider);
    void toggle(const ProviderView &provider);
    void remove(const ProviderView &provider);
    void add();
    void turn(const QString &name, bool enabled);
    void reportEdited(const ProviderView &before, const ProviderView &after, const ProviderEditView &sent);
    /// `left`: how the order left it.
    Undo undoOf(const ProviderView &left, const ProviderEditView &back, const QString &what, const Confirmation &question);
    Undo undoOfTurn(const ProviderView &left);

    RowsModel<ProviderView> *m_model;
    DataTable *m_table;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    DetailsSide *m_side;
    RedirectUris *m_callbacks;
    QPushButton *m_toggle;
    int m_seconds = 0;   ///< That the page has been in view.
    bool m_busy = false; ///< A question is being made.
};

} // namespace warder

#pragma once

#include <QWidget>

#include <functional>

class QPushButton;
class QVBoxLayout;

namespace warder {

class DetailsPanel;

/// What stands beside a list: what is known of the selected row, and below it the orders about it, a button each. GUI thread.
class DetailsSide final : public QWidget
{
    Q_OBJECT
public:
    /// See DetailsPanel.
    DetailsSide(const QString &name, const QString &hint, QWidget *parent);

    DetailsPanel &details() const { return *m_details; }
    void addAboveDetails(QWidget *widget);
    /// Between the details and the orders.
    void addBelowDetails(QWidget *widget);
    QPushButton *addOrder(const QString &iconName, const QString &text, std::function<void()> order);
    /// All orders: whether exactly one row is selected.
    void setOrdersEnabled(bool enabled);

private:
    DetailsPanel *m_details;
    QVBoxLayout *m_above;
    QVBoxLayout *m_between;
    QVBoxLayout *m_orderColumn;
    QList<QPushButton *> m_orders;
};

} // namespace warder

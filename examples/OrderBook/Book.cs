namespace IpMpsc.Examples.OrderBook;

/// <summary>The open orders of one trader.</summary>
internal sealed class Book
{
    private readonly Dictionary<long, OrderPlaced> _open = [];

    public int Count => _open.Count;

    public void Place(OrderPlaced order) => _open.Add(order.Id, order);

    public void Cancel(long id) => _open.Remove(id);

    /// <summary>The quantity at each price of each symbol.</summary>
    public Dictionary<string, SortedDictionary<decimal, int>> Quantities()
    {
        Dictionary<string, SortedDictionary<decimal, int>> quantities = [];
        foreach (OrderPlaced order in _open.Values)
        {
            if (!quantities.TryGetValue(order.Symbol, out SortedDictionary<decimal, int>? levels))
            {
                quantities.Add(order.Symbol, levels = []);
            }

            levels[order.Price] = levels.GetValueOrDefault(order.Price) + order.Quantity;
        }

        return quantities;
    }
}

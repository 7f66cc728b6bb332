using System.Globalization;

namespace IpMpsc.Examples.OrderBook;

/// <summary>Builds the book of each trader from its events.</summary>
internal sealed class Exchange
{
    private readonly SortedDictionary<string, Book> _books = [];
    private int _events;

    /// <summary>Traders whose snapshot equals the book that was built from their events.</summary>
    public int AgreedSnapshots { get; private set; }

    public void Apply(IBookEvent next)
    {
        _events++;
        if (!_books.TryGetValue(next.Trader, out Book? book))
        {
            _books.Add(next.Trader, book = new Book());
        }

        switch (next)
        {
            case OrderPlaced placed:
                book.Place(placed);
                break;

            case OrderCancelled cancelled:
                book.Cancel(cancelled.Id);
                break;

            case Snapshot snapshot when IsSame(snapshot.Quantities, book.Quantities()):
                AgreedSnapshots++;
                break;
        }
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_events:N0} events, {AgreedSnapshots} of {_books.Count} snapshots agree"));
        foreach ((string trader, Book book) in _books)
        {
            foreach ((string symbol, SortedDictionary<decimal, int> levels) in book.Quantities().OrderBy(pair => pair.Key))
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{trader}  {symbol}  {levels.Values.Sum():N0} at {levels.Count} prices, best {levels.Keys.Max():F2}"));
            }
        }
    }

    private static bool IsSame(
        Dictionary<string, SortedDictionary<decimal, int>> one, Dictionary<string, SortedDictionary<decimal, int>> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var levels) && levels.SequenceEqual(pair.Value));
}

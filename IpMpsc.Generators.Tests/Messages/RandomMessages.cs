using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Text;

namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Random values of every type, from a seed.</summary>
internal sealed class RandomMessages(int seed)
{
    private readonly Random _random = new(seed);

    public Moments Moments() => new()
    {
        Time = Time(),
        There = new DateTimeOffset(new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks / 4, DateTime.MaxValue.Ticks / 2)), TimeSpan.FromMinutes(_random.Next(-840, 841))),
        Span = new TimeSpan(_random.NextInt64(long.MinValue, long.MaxValue)),
        Day = DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber)),
        Clock = new TimeOnly(_random.NextInt64(TimeOnly.MaxValue.Ticks)),
        Price = Decimal(),
        Letter = Rune.IsValid(_random.Next(0x110000)) ? new Rune('\u20AC') : new Rune(0x1F642),
        Count = Maybe<int>(() => _random.Next()),
        Flag = Maybe(Flip),
        Limit = Maybe(Decimal),
        Side = Maybe(Side),
        Where = Maybe(Point),
        Pair = ((byte)_random.Next(256), _random.NextInt64()),
        Place = Index(),
        Part = new Range(Index(), Index()),
    };

    public Values Values() => new()
    {
        Inner = Moments(),
        Maybe = Maybe(Moments),
        Complex = new Complex(_random.NextDouble(), -_random.NextDouble()),
        Vector2 = new Vector2(Single(), Single()),
        Vector3 = new Vector3(Single(), Single(), Single()),
        Vector4 = new Vector4(Single(), Single(), Single(), Single()),
        Quaternion = new Quaternion(Single(), Single(), Single(), Single()),
        Plane = new Plane(Single(), Single(), Single(), Single()),
        Small = new Matrix3x2(Single(), Single(), Single(), Single(), Single(), Single()),
        Large = Matrix4x4.CreateRotationX(Single()),
        Big = Big(),
        MaybeBig = Maybe(Big),
        Address = Address(),
        MaybeAddress = MaybeObject(Address),
        Uri = Link(),
        MaybeUri = MaybeObject(Link),
        Version = Version(),
        MaybeVersion = MaybeObject(Version),
        Tuple = (_random.Next(), Text(), Maybe(Time)),
        Entry = new(Text(), _random.Next()),
        MaybeNote = Maybe(Note),
        MaybeTuple = Maybe(() => (Text(), MaybeObject(Text))),
    };

    public Collected Collected() => new()
    {
        Texts = Many(Text),
        MaybeTexts = Many(() => MaybeObject(Text)),
        NoTexts = MaybeObject(() => Many(Text)),
        Jagged = Many(() => Many(() => _random.Next())),
        Counts = Many(() => Maybe<int>(() => _random.Next())),
        Memory = Many(Text),
        Numbers = [.. Many(() => _random.Next())],
        Names = [.. Many(Text)],
        Notes = MaybeObject<List<Note>>(() => [.. Many(Note)]),
        MaybeNotes = [.. Many(() => Maybe(Note))],
        Readable = Many(Text),
        Fixed = [.. Many(() => _random.Next())],
        Links = Maybe<ImmutableArray<Uri>>(() => [.. Many(Link)]),
        Ids = [.. Many(() => _random.Next())],
        Tags = [.. Many(Text)],
        Ages = Dictionary(Text, () => _random.Next()),
        Sides = Dictionary(Side, Note),
        Prices = Dictionary<int, List<decimal?>>(() => _random.Next(), () => [.. Many(() => Maybe(Decimal))]),
        Nested = Dictionary(Text, () => Dictionary(Text, () => MaybeObject(Text))),
        Replies = Many(() => new ChannelAddress("/somewhere/" + Text())),
        Times = Many(Time),
        Moments = Many(Moments),
        Bigs = Many(Big),
        Tuples = [.. Many(() => (_random.Next(), Text()))],
        Entries = Many(() => new KeyValuePair<string, long[]>(Text(), Many(() => _random.NextInt64()))),
        Flags = Many(Flip),
        Points = Many(() => Maybe(Point)),
    };

    private T[] Many<T>(Func<T> make) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => make())];

    private Dictionary<TKey, TValue> Dictionary<TKey, TValue>(Func<TKey> key, Func<TValue> value) where TKey : notnull
    {
        Dictionary<TKey, TValue> made = [];
        foreach (TKey each in Many(key))
        {
            made[each] = value();
        }

        return made;
    }

    private T? Maybe<T>(Func<T> make) where T : struct => Flip() ? make() : null;

    private T? MaybeObject<T>(Func<T> make) where T : class => Flip() ? make() : null;

    private bool Flip() => _random.Next(2) == 0;

    private float Single() => _random.NextSingle() - 0.5f;

    private Side Side() => Flip() ? Tests.Messages.Side.Buy : Tests.Messages.Side.Sell;

    private Point Point() => new(_random.NextDouble(), Single());

    private Note Note() => new() { Stars = (byte)_random.Next(6), Author = Text(), Marks = Many(() => (Int128)_random.NextInt64()) };

    private DateTime Time() => new(_random.NextInt64(DateTime.MaxValue.Ticks), Flip() ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    private Index Index() => new(_random.Next(), Flip());

    private decimal Decimal() => new(_random.Next(), _random.Next(), _random.Next(), Flip(), (byte)_random.Next(29));

    private BigInteger Big()
    {
        byte[] bytes = new byte[_random.Next(40)];
        _random.NextBytes(bytes);
        return new BigInteger(bytes);
    }

    private IPAddress Address()
    {
        byte[] bytes = new byte[Flip() ? 4 : 16];
        _random.NextBytes(bytes);
        return new IPAddress(bytes);
    }

    private Uri Link() => Flip() ? new Uri("https://example.org/" + _random.Next()) : new Uri("relative/" + _random.Next(), UriKind.Relative);

    private Version Version() => Flip() ? new Version(_random.Next(100), _random.Next(100)) : new Version(1, _random.Next(100), 3, 4);

    private string Text() => new[] { "", "a", "Größe", "世界", "🙂 and more", "0123456789" }[_random.Next(6)];
}

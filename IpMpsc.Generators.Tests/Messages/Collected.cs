using System.Collections.Immutable;
using System.Numerics;

namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Every collection, of elements of every shape.</summary>
[ChannelMessage]
public partial struct Collected
{
    public string[] Texts;
    public string?[] MaybeTexts;
    public string[]? NoTexts;
    public int[][] Jagged;
    public int?[] Counts;
    public ReadOnlyMemory<string> Memory;
    public List<int> Numbers;
    public List<string> Names { get; set; }
    public List<Note>? Notes;
    public List<Note?> MaybeNotes;
    public IReadOnlyList<string> Readable;
    public ImmutableArray<int> Fixed;
    public ImmutableArray<Uri>? Links;
    public HashSet<int> Ids;
    public HashSet<string> Tags;
    public Dictionary<string, int> Ages;
    public Dictionary<Side, Note> Sides;
    public IReadOnlyDictionary<int, List<decimal?>> Prices;
    public Dictionary<string, Dictionary<string, string?>> Nested;
    public ChannelAddress[] Replies;
    public DateTime[] Times;
    public Moments[] Moments;
    public BigInteger[] Bigs;
    public List<(int Number, string Text)> Tuples;
    public KeyValuePair<string, long[]>[] Entries;
    public bool[] Flags;
    public Point?[] Points;
}

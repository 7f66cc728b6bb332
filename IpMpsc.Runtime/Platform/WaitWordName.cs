namespace IpMpsc.Platform;

/// <summary>Names a wait word where the system finds it by name instead of by address.</summary>
/// <param name="Channel">The random id of the channel. A path would not do: it has several spellings, and another channel can reuse it.</param>
/// <param name="IsShared">Whether several threads may sleep on the word. Senders share one; the receiver sleeps alone.</param>
/// <param name="Writers">Whom the system must let sleep and wake, see <see cref="SegmentFile.Writers"/>; null for its own user alone.</param>
internal readonly record struct WaitWordName(Guid Channel, bool IsShared, IReadOnlyList<string>? Writers = null);

namespace IpMpsc.Platform;

/// <summary>Names a wait word where the system finds it by name instead of by address.</summary>
/// <param name="Channel">The random id of the channel. A path would not do: it has several spellings, and another channel can reuse it.</param>
/// <param name="IsShared">Whether several threads may sleep on the word. Senders share one; the receiver sleeps alone.</param>
internal readonly record struct WaitWordName(Guid Channel, bool IsShared);

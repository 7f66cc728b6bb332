namespace IpMpsc.Platform;

/// <summary>Tells the wait words of a machine apart where the system knows them by name instead of by address.</summary>
/// <param name="Channel">The random id of the channel: paths can be spelled in several ways, and names be used again.</param>
/// <param name="IsShared">Whether several threads may sleep on the word: senders do, the receiver sleeps alone.</param>
internal readonly record struct WaitWordName(Guid Channel, bool IsShared);

namespace IpMpsc.Nats.Progress;

/// <summary>
/// The stream has another last message than expected: others write into it, or an abandoned batch arrived after all.
/// The source looks again.
/// </summary>
internal sealed class StreamConflict() : Exception("The stream has another last message than expected.");

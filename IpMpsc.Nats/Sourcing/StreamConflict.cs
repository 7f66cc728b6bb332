namespace IpMpsc.Nats.Sourcing;

/// <summary>The stream has another last message than expected: others write into it, or a batch that was given up arrived after all. The source looks again.</summary>
internal sealed class StreamConflict() : Exception("The stream has another last message than expected.");

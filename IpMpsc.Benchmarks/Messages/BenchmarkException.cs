namespace IpMpsc.Benchmarks.Messages;

/// <summary>A run did not do what it should measure, so its numbers would mean nothing.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);

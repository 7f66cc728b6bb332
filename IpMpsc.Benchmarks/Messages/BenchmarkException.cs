namespace IpMpsc.Benchmarks.Messages;

/// <summary>A run that did not do what it was to measure: its numbers would mean nothing.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);

namespace IpMpsc.Examples.Hosting;

/// <summary>Which worker this process is.</summary>
internal sealed record WorkerNumber(int Value);

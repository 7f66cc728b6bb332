using System.Diagnostics;

namespace IpMpsc.Examples.Overload;

/// <summary>The other process of a demonstration. Disposing it waits until it has ended.</summary>
internal sealed class Partner : IDisposable
{
    private readonly Process _process;

    private Partner(Process process) => _process = process;

    public static Partner Start(string role, string channel) => new(Process.Start(ThisProgram.With(role, channel))!);

    public void Dispose()
    {
        _process.WaitForExit();
        _process.Dispose();
    }
}

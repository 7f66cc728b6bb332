namespace Exploring.Engine;

/// <summary>A process of a run: threads that die together, and the locks that the kernel drops then.</summary>
internal sealed class VirtualProcess(int index, string name)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>None of its threads runs again.</summary>
    public bool IsInterrupted { get; set; }

    /// <summary>Whether it is dead, so that the kernel has dropped its locks. A stopped one keeps them.</summary>
    public bool IsDead { get; set; }

    /// <summary>The library's loops of waits, while another process is running.</summary>
    public IpMpsc.Waiting.WaitLoop[] Loops { get; set; } = [];

    /// <summary>Its open files.</summary>
    public List<Host.VirtualFile> Files { get; } = [];
}

using IpMpsc.Tests.Documentation;

namespace IpMpsc.Native.Tests.Support;

/// <summary>Programs and libraries in C, compiled once in a run of the tests.</summary>
internal static class NativeBuild
{
    private static readonly string[] s_warnings = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-Wshadow"];
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, string> s_built = [];

    /// <summary>The peer, with crash points.</summary>
    public static string Peer => Program("peer", [Source("tests/peer.c"), Source("ipmpsc.c")], "-O2", "-g", "-DIPMPSC_CRASH_POINTS");

    /// <summary>The peer with sanitizers, which abort it on an invalid access.</summary>
    public static string CheckedPeer => Program(
        "peer-checked", [Source("tests/peer.c"), Source("ipmpsc.c")], "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all");

    /// <summary>Kills a program at an instruction.</summary>
    public static string Stepper => Program("stepper", [Source("tests/stepper.c")], "-O2", "-g");

    /// <summary>Writes into a channel from outside.</summary>
    public static string Writer => Program("writer", [Source("tests/writer.c")], "-O2", "-g");

    /// <summary>The library that Python loads.</summary>
    public static string Library => Program("libipmpsc.so", [Source("ipmpsc.c")], "-O2", "-fPIC", "-shared", "-fvisibility=hidden");

    /// <summary>Compiles a program; the test is skipped where there is no compiler.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="sources">Paths of its sources.</param>
    /// <param name="options">Options besides the warnings.</param>
    /// <returns>Its path.</returns>
    public static string Program(string name, IEnumerable<string> sources, params IEnumerable<string> options)
    {
        string compiler = InstalledProgram.Require("A C compiler", "gcc", "cc");
        lock (s_gate)
        {
            if (!s_built.TryGetValue(name, out string? path))
            {
                path = Path.Join(Directory.CreateDirectory(Path.Join(AppContext.BaseDirectory, "native")).FullName, name);
                InstalledProgram.Run(compiler, [.. s_warnings, .. options, "-o", path, .. sources]);
                s_built[name] = path;
            }

            return path;
        }
    }

    private static string Source(string path) => Path.Join(Repository.Root, "native", path);
}

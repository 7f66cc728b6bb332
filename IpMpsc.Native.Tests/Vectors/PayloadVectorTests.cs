using IpMpsc.Native.Tests.Support;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Headers;

namespace IpMpsc.Native.Tests.Vectors;

/// <summary>Every implementation encodes the same values to the same bytes, and decodes them again.</summary>
public sealed class PayloadVectorTests : ChannelFixture
{
    private static readonly string[] s_messages = 
        ["Golden.Everything", "Golden.Point", "Golden.Remark", "Golden.Document", "Golden.Moments", "Golden.Leaf", "Golden.Bag"];

    private static SchemaSource Messages => SchemaSource.Read(typeof(PayloadVectors).Assembly.Location, s_messages) with { Name = "golden" };

    [Test]
    [Explicit("It overwrites native/golden/payloads.txt.")]
    public void MakeVectors() => File.WriteAllText(PayloadVectors.Path, PayloadVectors.Make());

    [Test]
    public void DotnetMakesThem() => Assert.That(PayloadVectors.Make(), Is.EqualTo(File.ReadAllText(PayloadVectors.Path)));

    [Test]
    [Category("Native")]
    public void CMakesAndReadsThem([Values("gnu17", "c11")] string standard)
    {
        File.WriteAllText(Directory["golden.h"], CHeader.Of(Messages));
        string program = NativeBuild.Program(
            $"vectors-{standard}", [Path.Join(Repository.Root, "native/tests/vectors.c")], "-O1", "-g", "-fsanitize=address,undefined",
            "-fno-sanitize-recover=all", $"-std={standard}", "-I", Path.Join(Repository.Root, "native"), "-I", Directory.Path);

        Assert.That(InstalledProgram.Run(program, PayloadVectors.Path), Is.EqualTo(File.ReadAllText(PayloadVectors.Path)));
    }

    [Test]
    [Category("Native")]
    public void CPlusPlusCompilesTheHeaders()
    {
        string compiler = InstalledProgram.Require("A C++ compiler", "g++");
        File.WriteAllText(Directory["golden.h"], CHeader.Of(Messages));
        File.WriteAllText(Directory["program.cpp"], "#include \"ipmpsc.h\"\n#include \"golden.h\"\nint main() { return golden_point{}.x != 0; }\n");
        InstalledProgram.Run(
            compiler, "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-Wconversion", "-I", Path.Join(Repository.Root, "native"),
            "-c", Directory["program.cpp"], "-o", Directory["program.o"]);
    }

    [Test]
    [Category("Native")]
    public void PythonMakesAndReadsThem()
    {
        string python = InstalledProgram.Require("Python 3.11", "python3");
        File.WriteAllText(Directory["golden.py"], PythonModule.Of(Messages));
        string output = InstalledProgram.Run(
            python,
            new Dictionary<string, string> { ["PYTHONPATH"] = $"{Path.Join(Repository.Root, "python")}:{Directory.Path}", ["PYTHONDONTWRITEBYTECODE"] = "1" },
            "-W", "error", Path.Join(Repository.Root, "python/tests/vectors.py"), PayloadVectors.Path);

        Assert.That(output, Is.EqualTo(File.ReadAllText(PayloadVectors.Path)));
    }
}

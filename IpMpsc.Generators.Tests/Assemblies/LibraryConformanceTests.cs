using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Every test that runs generated code, once more with its messages in a library of their own: the sources of both are
/// compiled again, into two assemblies.
/// </summary>
public sealed class LibraryConformanceTests
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks; global using NUnit.Framework;
        """;

    private static readonly string s_folder = Path.Join(IpMpsc.Tests.Documentation.Repository.Root, "IpMpsc.Generators.Tests");

    private static readonly string[] s_randomness = ["MessageGenerators.cs", "RandomMessages.cs"];

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is not "IpMpsc.Generators.Tests")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static IEnumerable<string> Messages => Directory.EnumerateFiles(Path.Join(s_folder, "Messages"), "*.cs", SearchOption.AllDirectories);

    /// <summary>The tests that need no compiler, and what they stand on.</summary>
    private static IEnumerable<string> Tests =>
    [
        .. from folder in new[] { "", "Protocols", "Schemas" }
           from path in Directory.EnumerateFiles(Path.Join(s_folder, folder), "*Tests.cs")
           let text = File.ReadAllText(path)
           where !text.Contains("Harness", StringComparison.Ordinal) && !text.Contains("Repository", StringComparison.Ordinal)
           select path,
        .. Messages.Where(path => s_randomness.Contains(Path.GetFileName(path))),
        .. new[] { "GuardedMemory.cs", "ValueJson.cs", "Wire.cs" }.Select(name => Path.Join(s_folder, "Support", name)),
    ];

    [Test]
    public void WholeConformanceRunsWithMessagesOfALibrary()
    {
        string folder = Directory.CreateTempSubdirectory("ipmpsc-library-").FullName;
        try
        {
            AssemblyLoadContext context = new(nameof(LibraryConformanceTests), isCollectible: true);
            string library = Compile(folder, "Library", [.. Messages.Where(path => !s_randomness.Contains(Path.GetFileName(path)))],
                "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Application\")]");
            context.LoadFromAssemblyPath(library);
            Assembly tests = context.LoadFromAssemblyPath(
                Compile(folder, "Application", Tests, "", MetadataReference.CreateFromFile(library)));

            ITestResult result = Run(tests);

            Assert.That(Failures(result), Is.Empty);
            Assert.That(result.PassCount, Is.GreaterThan(150), "Too few tests ran.");
            context.Unload();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ITestResult Run(Assembly tests)
    {
        NUnitTestAssemblyRunner runner = new(new DefaultTestAssemblyBuilder());
        runner.Load(tests, new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0 });
        return runner.Run(TestListener.NULL, TestFilter.Empty);
    }

    private static IEnumerable<string> Failures(ITestResult result) => result.HasChildren
        ? result.Children.SelectMany(Failures)
        : result.ResultState.Status == TestStatus.Failed ? [$"{result.FullName}: {result.Message}"] : [];

    private static string Compile(string folder, string name, IEnumerable<string> paths, string attributes, params MetadataReference[] more)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Usings + attributes);
        var parse = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        compilation = compilation
            .WithAssemblyName(name)
            .WithOptions(compilation.Options.WithAllowUnsafe(true))
            .WithReferences([.. s_references, .. more])
            .AddSyntaxTrees(paths.Select(path => CSharpSyntaxTree.ParseText(Text(path), parse, path)));
        string image = Path.Join(folder, name + ".dll");
        Microsoft.CodeAnalysis.Emit.EmitResult result = GeneratorHarness.Run(compilation).Output.Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return image;
    }

    // The generator of LibraryImport is not here; without it these calls are the same.
    private static string Text(string path) => File.ReadAllText(path)
        .Replace("[LibraryImport(", "[DllImport(", StringComparison.Ordinal)
        .Replace("private static partial void* Map", "private static extern void* Map", StringComparison.Ordinal)
        .Replace("private static partial int", "private static extern int", StringComparison.Ordinal);
}

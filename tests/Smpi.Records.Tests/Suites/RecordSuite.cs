using Xunit.Abstractions;

namespace Smpi.Records.Tests;

/// <summary>The one suite of records that every encoding passes: derive from it and name the encoding.</summary>
public abstract class RecordSuite(ITestOutputHelper output) : MalformedSuite(output);

using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Upgrading;

namespace Krait.Runtime.Tests.EndToEnd;

// The tests once more, on TestServer, which has no bytes: those whose client writes none by hand, and sees no answer but the connection. More of them name it as a carrier.

[Trait(Side.Of, Side.InMemory)]
public class UnionTestsInMemory : UnionTests;

[Trait(Side.Of, Side.InMemory)]
public class ShutdownTestsInMemory : ShutdownTests;

[Trait(Side.Of, Side.InMemory)]
public class BindingTestsInMemory : BindingTests;

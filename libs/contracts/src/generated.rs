//! Generated code, one module per package.
#![expect(clippy::pedantic, reason = "generated code")]

macro_rules! package {
    ($name:ident) => {
        pub mod $name {
            pub mod v1 {
                include!(concat!(env!("OUT_DIR"), "/sluice.", stringify!($name), ".v1.rs"));
                include!(concat!(env!("OUT_DIR"), "/sluice.", stringify!($name), ".v1.serde.rs"));
            }
        }
    };
}

package!(shared);
package!(journal);
package!(lead_routing);
package!(crm);
package!(quote_contract);
package!(delivery);
package!(collections);
package!(notifier);
package!(ai_qa);
package!(gateway);
